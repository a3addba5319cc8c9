// A toolbar with data-filter="id" shows of the element with that id only the items that pass all of its controls. Text
// must be in the item; a checkbox or a select compares its value with the item's data- attribute of its own name. A
// checkbox with data-only passes those items alone whose attribute is "true".
function setUpFilter(toolbar) {
  const items = [...document.querySelectorAll(`#${toolbar.dataset.filter} [data-item]`)];
  const texts = new Map();
  const text = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  const apply = () => {
    const words = toolbar.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const allowed = {};
    for (const box of toolbar.querySelectorAll("input[type=checkbox]:not([data-only])")) {
      allowed[box.name] ??= new Set();
      if (box.checked) allowed[box.name].add(box.value);
    }
    for (const select of toolbar.querySelectorAll("select")) if (select.value) allowed[select.name] = new Set([select.value]);
    for (const box of toolbar.querySelectorAll("[data-only]")) if (box.checked) allowed[box.name] = new Set(["true"]);
    let shown = 0;
    for (const item of items) {
      const passes = Object.entries(allowed).every(([name, values]) => values.has(item.dataset[name] ?? ""))
        && words.every((word) => text(item).includes(word));
      item.classList.toggle("filtered-out", !passes);
      if (passes && !item.closest(".other-region")) shown += 1;
    }
    toolbar.querySelector("output").textContent = `${shown} of ${items.length} shown`;
  };
  toolbar.addEventListener("input", apply);
  toolbar.addEventListener("change", apply);
  document.addEventListener("region", apply);
  apply();
}

// One region at a time, all over the page. What belongs to no region always stays.
function setUpRegions() {
  const select = document.getElementById("region");
  if (!select) return;
  select.addEventListener("change", () => {
    for (const part of document.querySelectorAll("[data-region]")) {
      part.classList.toggle("other-region", select.value !== "" && part.dataset.region !== select.value);
    }
    document.dispatchEvent(new Event("region"));
  });
}
