// What both peers with templates of their own say, and the town's settings.
import { readFileSync } from "node:fs";
import yaml from "js-yaml";

export const words = JSON.parse(readFileSync("words.json", "utf8"));
export const load = (file) => yaml.load(readFileSync(file, "utf8"), { schema: yaml.CORE_SCHEMA });
export const config = load("site_config.yml");
export const charter = load("data/labels.yml");
export const base = config.url.replace(/\/$/, "");
export const themes = Object.fromEntries(config.themes.map(({ id, title }) => [id, title]));

// The moment at which every contender builds; `contenders.py` says it to the others.
export const NOW = "2026-11-23T12:00";
export const TODAY = NOW.slice(0, 10);

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

const MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");
const DAYS = "dimanche lundi mardi mercredi jeudi vendredi samedi".split(" ");

// « 29 mai 2026 », of a date that begins « 2026-05-29 ».
export const day = (text) => {
  const [year, month, date] = text.slice(0, 10).split("-").map(Number);
  return `${date === 1 ? "1er" : date} ${MONTHS[month - 1]} ${year}`;
};
export const weekday = (text) => `${DAYS[new Date(`${text.slice(0, 10)}T12:00Z`).getUTCDay()]} ${day(text)}`;
export const month = (text) => {
  const [year, number] = text.split("-");
  const name = MONTHS[number - 1];
  return `${name[0].toUpperCase()}${name.slice(1)} ${year}`;
};
const hour = (text) => `${Number(text.slice(11, 13))} h${text.slice(14, 16) === "00" ? "" : ` ${text.slice(14, 16)}`}`;
export const moment = (text) => `${weekday(text)}, ${hour(text)}`;
// No event of the campaign lasts past midnight.
export const span = ({ start, end }) => `${weekday(start)}, de ${hour(start)} à ${hour(end)}`;
export const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, " ");
export const capital = (text) => text[0].toUpperCase() + text.slice(1);
