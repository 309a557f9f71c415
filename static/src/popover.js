// Places native [popover] elements beside their invoker. Esc, light dismiss and the top layer are the browser's.
const EDGE = 8;
const GAP = 6;
let invoker = null;
let hovering = null; // the popover that a resting pointer opened; a click keeps it
let timer = 0;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[popovertarget]:not([popovertargetaction])");
  if (button && hovering && button.getAttribute("popovertarget") === hovering.id) {
    hovering = null; // keep open what the pointer opened
    event.preventDefault();
    return;
  }
  invoker = button ?? invoker;
}, true);

document.addEventListener("beforetoggle", (event) => {
  const pop = event.target;
  if (!pop.matches?.(".pop")) return;
  if (event.newState !== "open") { if (hovering === pop) hovering = null; return; }
  requestAnimationFrame(() => place(pop, findButton(pop)));
}, true);

function findButton(pop) {
  if (invoker?.getAttribute("popovertarget") === pop.id) return invoker;
  return document.querySelector(`[popovertarget="${CSS.escape(pop.id)}"]:not([popovertargetaction])`);
}

function place(pop, button) {
  const at = button.getBoundingClientRect();
  const width = pop.offsetWidth, height = pop.offsetHeight;
  let x = pop.dataset.align === "end" ? at.right - width : at.left;
  let y = at.bottom + GAP;
  if (y + height > innerHeight - EDGE) y = Math.max(EDGE, at.top - GAP - height);
  x = Math.min(Math.max(EDGE, x), innerWidth - width - EDGE);
  pop.style.left = `${x}px`;
  pop.style.top = `${y}px`;
}

// Provenance opens when a mouse rests on its button (data-hover), and by click or key for everybody.
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const button = event.target.closest?.("[data-hover][popovertarget]");
  clearTimeout(timer);
  if (button) timer = setTimeout(() => openByHover(button), 180);
  else if (hovering && !event.target.closest?.(".pop")) timer = setTimeout(closeHovered, 220);
});

function openByHover(button) {
  const pop = document.getElementById(button.getAttribute("popovertarget"));
  if (!pop || pop === hovering || pop.matches(":popover-open")) return;
  closeHovered();
  invoker = button;
  pop.showPopover();
  hovering = pop;
}

function closeHovered() {
  if (hovering?.matches(":popover-open")) hovering.hidePopover();
  hovering = null;
}

addEventListener("scroll", () => document.querySelectorAll(".pop:popover-open").forEach((pop) => pop.hidePopover()), { passive: true });
