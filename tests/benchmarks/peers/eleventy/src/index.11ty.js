import { cards } from "../card.js";
import { frame } from "../frame.js";

export const render = ({ campaign }) =>
  frame("Accueil", "", "/", `<h1>Aubrenay solidaire</h1>\n${campaign.home.map((group) => `<section>${cards(group)}</section>`).join("\n")}`);
