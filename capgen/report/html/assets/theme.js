"use strict";
const root = document.documentElement;
root.classList.add("js");

// A page from disk may have no storage: the choice then lasts as long as the page is open.
const storage = {
  read() { try { return localStorage.getItem("capgen-theme"); } catch { return null; } },
  write(theme) { try { localStorage.setItem("capgen-theme", theme); } catch { /* nothing is kept */ } },
};
const kept = storage.read();
if (kept === "light" || kept === "dark") root.dataset.theme = kept;

function setUpTheme() {
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const shown = () => root.dataset.theme ?? (system.matches ? "dark" : "light");
  const label = () => { button.textContent = shown() === "dark" ? "Light theme" : "Dark theme"; };
  button.addEventListener("click", () => {
    root.dataset.theme = shown() === "dark" ? "light" : "dark";
    storage.write(root.dataset.theme);
    label();
  });
  system.addEventListener("change", label);
  label();
}
