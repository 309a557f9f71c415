// A text field whose listbox htmx fills: [data-combobox] holds input[role=combobox] and [role=listbox] of links or buttons.
// Arrow keys move, Enter follows, Escape closes; focus stays in the field.
const options = (box) => [...box.querySelectorAll("[role=option]")];

function parts(target) {
  const box = target.closest?.("[data-combobox]");
  return box ? { box, input: box.querySelector("[role=combobox]"), list: box.querySelector("[role=listbox]") } : null;
}

function select({ box, input }, index) {
  const all = options(box);
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  const chosen = all[index];
  if (!chosen) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function setOpen({ box, input, list }, open) {
  if (box.hasAttribute("data-always-open")) return;
  input.setAttribute("aria-expanded", String(open));
  list.parentElement.hidden = !open;
}

const current = (box) => options(box).findIndex((option) => option.getAttribute("aria-selected") === "true");

function move(combo, step) {
  const count = options(combo.box).length;
  if (!count) return;
  setOpen(combo, true);
  const at = current(combo.box);
  select(combo, at < 0 ? (step > 0 ? 0 : count - 1) : (at + step + count) % count);
}

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[role=combobox]")) return;
  const combo = parts(event.target);
  if (!combo) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(combo, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    const chosen = options(combo.box)[current(combo.box)];
    if (chosen) { event.preventDefault(); chosen.click(); }
  } else if (event.key === "Escape" && combo.input.getAttribute("aria-expanded") === "true" && !combo.box.hasAttribute("data-always-open")) {
    event.preventDefault();
    setOpen(combo, false);
  }
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[role=combobox]")) select(parts(event.target), -1);
});
document.addEventListener("focusin", (event) => {
  document.querySelectorAll("[data-combobox]").forEach((box) => {
    if (!box.contains(event.target)) setOpen(parts(box), false);
  });
});
document.addEventListener("pointerdown", (event) => {
  document.querySelectorAll("[data-combobox]").forEach((box) => {
    if (!box.contains(event.target)) setOpen(parts(box), false);
  });
});

document.addEventListener("htmx:after:swap", (event) => {
  const list = event.detail?.ctx?.target;
  if (!list?.matches?.("[role=listbox]")) return;
  const combo = parts(list);
  setOpen(combo, options(combo.box).length > 0 && document.activeElement === combo.input);
  if (combo.box.hasAttribute("data-always-open")) select(combo, 0);
});
