// What an address leads to may lie in closed details, be filtered out or belong to a hidden region: show it.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const other = target.closest(".other-region");
  if (other) {
    document.getElementById("region").value = "";
    document.getElementById("region").dispatchEvent(new Event("change"));
  }
  for (let part = target; part; part = part.parentElement) {
    part.classList.remove("filtered-out");
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  if (target !== document.querySelector(":target") || target.matches("details, article")) target.scrollIntoView();
}

function setUpOpeners() {
  for (const button of document.querySelectorAll("[data-open]")) {
    button.addEventListener("click", () => {
      const all = [...document.querySelectorAll(`#${button.dataset.open} details`)];
      const open = all.some((each) => !each.open);
      for (const each of all) each.open = open;
      button.textContent = open ? "Close all" : "Open all";
    });
  }
}

// What is printed must be complete: everything is opened, and put back afterwards.
function setUpPrint() {
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of closed) each.open = false; });
}

function setUpNavigation() {
  const links = new Map([...document.querySelectorAll(".side nav a")].map((link) => [link.hash.slice(1), link]));
  const seen = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) seen.set(entry.target.id, entry.isIntersecting);
    const current = [...links.keys()].find((id) => seen.get(id));
    for (const [id, link] of links) {
      if (id === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-10% 0px -70% 0px" });
  for (const id of links.keys()) observer.observe(document.getElementById(id));
}

addEventListener("DOMContentLoaded", () => {
  setUpTheme();
  for (const toolbar of document.querySelectorAll("[data-filter]")) setUpFilter(toolbar);
  setUpRegions();
  for (const button of document.querySelectorAll("th button")) setUpSort(button);
  setUpOpeners();
  setUpPrint();
  setUpNavigation();
  addEventListener("hashchange", reveal);
  reveal();
});
