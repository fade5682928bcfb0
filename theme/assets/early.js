// Runs before the page is drawn: tells the style sheet that scripts work, and applies the visitor's choice of
// a light or dark display, so that nothing flashes.
document.documentElement.className = "js";
try {
  const choice = localStorage.getItem("affichage");
  if (choice) document.getElementById("dark").media = choice === "sombre" ? "screen" : "not all";
} catch {
  // Storage is switched off: the device's own preference holds.
}
