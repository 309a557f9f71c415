// One region for messages: Django's messages rendered into <template id="messages">, and HX-Trigger: {"toast": {...}}.
const LIFE = { error: 9000, warning: 7000, success: 4500, info: 4500 };

export function toast({ text, level = "info" }) {
  const region = document.getElementById("toasts");
  if (!region || !text) return;
  const item = document.createElement("div");
  item.className = "toast-item";
  item.dataset.level = level;
  const words = document.createElement("p");
  words.className = "flex-1";
  words.textContent = text; // never markup: the text may name a creator
  const close = document.createElement("button");
  close.type = "button";
  close.className = "text-muted-foreground hover:text-foreground -my-1 -mr-2 grid size-7 shrink-0 place-items-center rounded-md";
  close.setAttribute("aria-label", "Dismiss");
  close.textContent = "×";
  close.addEventListener("click", () => leave(item));
  item.append(words, close);
  region.append(item);
  if (region.matches(":popover-open")) region.hidePopover(); // reopen on top of a dialog opened since
  region.showPopover();
  setTimeout(() => leave(item), LIFE[level] ?? LIFE.info);
}

function leave(item) {
  item.dataset.leaving = "";
  setTimeout(() => {
    const region = item.parentElement;
    item.remove();
    if (region && !region.childElementCount && region.matches(":popover-open")) region.hidePopover();
  }, 220);
}

export function showServerMessages() {
  document.querySelectorAll("[data-message]").forEach((el) => {
    toast({ text: el.textContent.trim(), level: el.dataset.message });
    el.remove();
  });
}

document.addEventListener("toast", (event) => toast(event.detail ?? {}));
