import { frame } from "../frame.js";

export const data = { permalink: "/404.html", eleventyExcludeFromCollections: true };

export const render = () =>
  frame({ url: "/404.html", title: "Page introuvable" }, `<article class="page page--not_found"><h1>Page introuvable</h1><p class="lead">L’adresse est peut-être mal écrite, ou la page a été retirée.</p></article>`);
