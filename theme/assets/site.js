// The frame's few behaviours. Everything works without them: the menu is then simply open.

function menu() {
  const button = document.querySelector(".menu-button");
  const panel = document.getElementById("menu");
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    panel.classList.toggle("menu--open", open);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") === "false"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") === "false") return;
    show(false);
    button.focus();
  });
}

function theme() {
  const button = document.querySelector(".theme-button");
  const sheet = document.getElementById("dark");
  const isDark = () => matchMedia(sheet.media).matches;
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = !isDark();
    sheet.media = dark ? "screen" : "not all";
    try {
      localStorage.setItem("affichage", dark ? "sombre" : "clair");
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
    tell();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  tell();
}

function printing() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("main details:not([open])")) {
      details.open = true;
      details.dataset.opened = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-opened]")) details.open = false;
  });
}

// Texts to copy: selected at a click for who has no clipboard to give, copied at once for who has.
function copying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const label = button.firstChild;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        label.data = "Copié ";
      } catch {
        label.data = "Sélectionné\u00a0: copiez avec Ctrl+C ";
      }
      setTimeout(() => (label.data = "Copier "), 4000);
    });
  }
}

// A checklist keeps its ticks on this device, so that one can prepare a party over six weeks.
function checklists() {
  const boxes = [...document.querySelectorAll(".task-list input[type=checkbox]")];
  if (!boxes.length) return;
  const key = `liste:${location.pathname}`;
  try {
    const ticked = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
    boxes.forEach((box, index) => {
      box.disabled = false;
      box.checked ||= ticked.has(index);
      box.addEventListener("change", () => {
        const now = boxes.flatMap((each, position) => (each.checked ? [position] : []));
        localStorage.setItem(key, JSON.stringify(now));
      });
    });
  } catch {
    // Storage is switched off: ticks last as long as the page.
  }
}

// A table wider than the screen scrolls sideways, and so must be within reach of the keyboard.
function tables() {
  for (const table of document.querySelectorAll(".md-typeset table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }
}

// After the page is there: the worker then keeps the emergency pages for when the network is not.
function offline() {
  if (!navigator.serviceWorker) return;
  addEventListener("load", () => {
    navigator.serviceWorker.register(new URL("../sw.js", import.meta.url)).catch(() => {
      // Without it, pages need the network, as on any site.
    });
  });
}

menu();
theme();
tables();
printing();
copying();
checklists();
offline();
