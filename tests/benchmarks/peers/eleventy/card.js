const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

export const card = (kicker, url, record) =>
  `<li class="card"><p class="kicker">${kicker}</p><h3><a href="${url}">${escape(record.title)}</a></h3><p>${escape(record.summary)}</p></li>`;

export const cards = (list) => `<ul class="cards">\n${list.join("\n")}\n</ul>`;
