// A poster or an invitation takes what is typed, in letters as large as still fit. Nothing leaves the page: the texts are
// kept for as long as the tab is open, so that the poster and the invitation of a kit can share them.

const fields = [...document.querySelectorAll("[data-fills]")];
const sheets = document.querySelector(".sheets");
const key = `feuille:${location.pathname.replace(/[^/]+\/$/, "")}`;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  const texts = kept();
  for (const field of fields) texts[field.labels[0].textContent] = field.value;
  try {
    sessionStorage.setItem(key, JSON.stringify(texts));
  } catch {
    // Storage is switched off: the texts last as long as the page.
  }
}

function fill(field) {
  const text = field.value.trim();
  for (const blank of sheets.querySelectorAll(`[data-blank="${field.dataset.fills}"]`)) {
    blank.firstElementChild.textContent = text;
    blank.classList.toggle("blank--filled", text !== "");
  }
}

// The sheet's letters are measured in hundredths of its width, on the screen as on paper: what fits here fits there.
function fit() {
  const text = sheets.querySelector(".sheet__text");
  const overflows = () => text.scrollHeight > text.clientHeight || text.scrollWidth > text.clientWidth;
  const set = (letters) => sheets.style.setProperty("--letters", letters.toFixed(2));
  let letters = parseFloat(getComputedStyle(sheets).getPropertyValue("--largest"));
  do {
    set(letters);
    letters *= 0.97;
  } while (overflows() && letters > 1);
  // One step more, for what rounding to whole pixels hides.
  set(letters);
}

const texts = kept();
for (const field of fields) {
  field.value = texts[field.labels[0].textContent] ?? "";
  fill(field);
  field.addEventListener("input", () => {
    fill(field);
    fit();
    keep();
  });
}
document.querySelector("[data-empty]").addEventListener("click", () => {
  for (const field of fields) {
    field.value = "";
    fill(field);
  }
  fit();
  keep();
  fields[0]?.focus();
});
document.querySelector(".filling__fields").hidden = false;
document.querySelector(".filling").classList.add("filling--live");
for (const moment of ["load", "resize", "beforeprint"]) addEventListener(moment, fit);
document.fonts.addEventListener("loadingdone", fit);
fit();
