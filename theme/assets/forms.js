// A form's page with a script: checks before sending, proof of work, sending without leaving the page.
// Without it the form works all the same (generator/collector/draw.py says which classes and data it carries).

const SENDING = "Envoi en cours…";
const OFFLINE = "La connexion a été coupée. Vos réponses sont toujours là : vous pouvez les renvoyer.";
const AGAIN = "Un instant, puis renvoyez le formulaire.";
const RENEWED = new Set(["forged", "expired", "proof"]);

let opened = null;
let sending = false;

const form = document.querySelector("form[data-form]");
if (form) {
  form.noValidate = true;
  // Asked for as soon as someone begins, so that the proof of work is done by the time they send.
  form.addEventListener("focusin", () => session().catch(() => undefined), { once: true });
  form.addEventListener("submit", onSubmit);
}

/** Give the form's token and its solved proof of work, asked for once and kept through reloads of the page. */
function session() {
  opened ??= recall() ?? open();
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

async function open() {
  const since = Date.now();
  const answer = await fetch(form.dataset.form, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { token, challenge, limits } = await answer.json();
  const found = { token, altcha: await solve(challenge), from: since + limits.seconds.least * 1000 + 500 };
  remember({ ...found, until: since + limits.seconds.most * 1000 });
  return found;
}

function renew() {
  remember(null);
  opened = null;
}

/** Let ALTCHA's worker find the solution; none where the browser can't, and a tighter limit then applies. */
function solve(challenge) {
  const solver = form.closest("[data-solver]")?.dataset.solver;
  if (!solver || !window.Worker || !window.crypto?.subtle) return undefined;
  return new Promise((resolve) => {
    const worker = new Worker(new URL(solver, document.baseURI));
    const end = (payload) => {
      worker.terminate();
      resolve(payload);
    };
    worker.onerror = () => end(undefined);
    worker.onmessage = ({ data: solution }) =>
      end(solution?.derivedKey ? btoa(JSON.stringify({ challenge, solution })) : undefined);
    worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1 });
  });
}

async function onSubmit(event) {
  event.preventDefault();
  if (sending) return;
  const errors = check();
  show(errors);
  if (errors.size) return;
  sending = true;
  say(SENDING);
  try {
    await send();
  } finally {
    sending = false;
  }
}

async function send(isSecond = false) {
  let own;
  try {
    own = await session();
  } catch {
    // The collector is not within a script's reach: the browser sends the form by itself.
    form.submit();
    return;
  }
  await until(own.from);
  let answer, said;
  try {
    const body = JSON.stringify({ ...answers(), token: own.token, altcha: own.altcha });
    const headers = { "content-type": "application/json", accept: "application/json" };
    answer = await fetch(form.dataset.form, { method: "POST", headers, body });
    said = await answer.json();
  } catch {
    // It may have arrived: sent again under the same token, it is still kept once.
    say(OFFLINE);
    return;
  }
  if (answer.ok) {
    thank(said.message);
  } else if (RENEWED.has(said.error) && !isSecond) {
    renew();
    await send(true);
  } else if (said.errors) {
    say("");
    show(new Map(Object.entries(said.errors)));
  } else {
    if (answer.status === 403 || answer.status === 409) renew();
    say(said.message ?? AGAIN);
  }
}

/** Give the sentence of each question whose answer can't be sent. */
function check() {
  const errors = new Map();
  for (const field of form.querySelectorAll("[data-question]")) {
    const sentence = complaint(field, inputs(field));
    if (sentence) errors.set(field.dataset.question, sentence);
  }
  return errors;
}

function complaint(field, all) {
  const { missing, formWrong, long, bounds } = field.dataset;
  const chosen = all.flatMap((input) => (input.options ? [...input.selectedOptions] : input.checked ? [input] : []));
  const stop = chosen.find((choice) => choice.dataset.stops);
  if (stop) return stop.dataset.stops;
  const [input] = all;
  const isBox = input.type === "checkbox" || input.type === "radio";
  const { badInput, typeMismatch, patternMismatch, rangeUnderflow, rangeOverflow, stepMismatch } = input.validity;
  if (isBox ? !chosen.length : !input.value.trim() && !badInput) return missing;
  if (isBox) return undefined;
  if (badInput || typeMismatch || patternMismatch || stepMismatch) return formWrong;
  if (rangeUnderflow || rangeOverflow) return bounds;
  return input.maxLength > 0 && [...input.value].length > input.maxLength ? long : undefined;
}

/** Show refusals beside their questions and in the summary, which takes the focus. */
function show(errors) {
  const summary = form.querySelector(".form-error-summary");
  const lines = [];
  for (const field of form.querySelectorAll("[data-question]")) {
    const name = field.dataset.question;
    const sentence = errors.get(name);
    const place = document.getElementById(`${name}-erreur`);
    place.textContent = sentence ?? "";
    place.hidden = !sentence;
    field.classList.toggle("form-field-wrong", Boolean(sentence));
    for (const input of inputs(field)) {
      if (sentence) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    if (sentence) lines.push(line(name, sentence));
  }
  summary.querySelector("ul").replaceChildren(...lines);
  summary.hidden = lines.length === 0;
  if (lines.length) summary.focus();
}

function line(name, sentence) {
  const link = document.createElement("a");
  link.href = `#${name}`;
  link.textContent = sentence;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(name).focus();
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/** Give what was answered, by question; the trap for robots goes along as it is. */
function answers() {
  const found = Object.fromEntries(
    [...form.querySelectorAll("[data-question]")].map((field) => [field.dataset.question, answer(inputs(field))]),
  );
  return { ...found, site_web: form.elements.site_web.value };
}

function answer(all) {
  const [input] = all;
  const chosen = all.filter((each) => each.checked).map((each) => each.value);
  if (input.type === "radio" || (input.type === "checkbox" && all.length === 1 && input.value === "oui")) {
    return chosen[0] ?? "";
  }
  return input.type === "checkbox" ? chosen : input.value;
}

function inputs(field) {
  return [...field.querySelectorAll("input, select, textarea")];
}

function thank(message) {
  remember(null);
  const thanks = document.createElement("div");
  thanks.className = "form-thanks";
  thanks.tabIndex = -1;
  const text = document.createElement("p");
  text.textContent = message;
  thanks.append(text);
  form.replaceWith(thanks);
  thanks.focus();
}

function say(message) {
  form.querySelector(".form-status").textContent = message;
}

function until(moment) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - Date.now())));
}

function remember(found) {
  try {
    if (found) sessionStorage.setItem(form.dataset.form, JSON.stringify(found));
    else sessionStorage.removeItem(form.dataset.form);
  } catch {
    // Storage may be forbidden: the token then lives as long as the page.
  }
}

function recall() {
  try {
    const found = JSON.parse(sessionStorage.getItem(form.dataset.form));
    return found && Date.now() < found.until ? Promise.resolve(found) : null;
  } catch {
    return null;
  }
}
