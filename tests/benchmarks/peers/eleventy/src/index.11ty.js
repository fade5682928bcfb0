import { cards } from "../cards.js";
import { frame } from "../frame.js";
import { config, words } from "../words.js";

const SHOWN = { kits: 4, events: 4, portraits: 4, initiatives: 4, neighbourhoods: 12, press: 4 };

const group = ([kind, count], { entries }) => {
  const { section, title } = words.kinds[kind];
  return `<section class="group group--${section}" aria-labelledby="g-${section}" data-pagefind-ignore>
<h2 id="g-${section}">${title}</h2>
${cards([...entries[kind].values()].slice(0, count))}
<p class="group__more"><a class="more" href="/${section}/">${title}</a></p>
</section>`;
};

export const render = ({ campaign }) =>
  frame({ url: "/", title: config.title, summary: config.description }, `<div class="home">
<section class="hero">
<div class="hero__text">
<h1>${config.tagline}</h1>
<p class="lead">${config.description}</p>
</div>
</section>
${Object.entries(SHOWN).map((each) => group(each, campaign)).join("\n")}
</div>`);
