// Delegated actions: `data-action="verb:argument"`. No inline handler anywhere.
import { saveChart } from "./charts/saving.js";
import { toggleTheme } from "./theme.js";

const verbs = {
  theme: () => toggleTheme(),
  open: (id) => openDialog(id),
  close: (_, el) => el.closest("dialog")?.close(),
  sidebar: () => document.querySelector(".sidebar")?.toggle(),
  reload: () => location.reload(),
  save: (form, el) => saveChart(form, el.closest("[data-source]")),
};

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  document.querySelectorAll("dialog[open]").forEach((other) => other.close());
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
  dialog.dispatchEvent(new CustomEvent("opened"));
}

document.addEventListener("click", (event) => {
  const el = event.target.closest("[data-action]");
  if (!el) return;
  const [verb, argument] = el.dataset.action.split(":");
  verbs[verb]?.(argument, el);
});

// A click on the backdrop is a click on the dialog itself.
document.addEventListener("click", (event) => {
  if (event.target.matches("dialog.dialog, dialog.command-dialog")) event.target.close();
});

document.addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k" && document.getElementById("cmdk")) {
    event.preventDefault();
    openDialog("cmdk");
  }
});

// One of a group of filter buttons is pressed at a time; htmx fetches what it stands for.
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-press]");
  pressed?.parentElement.querySelectorAll("[data-press]").forEach((el) => el.setAttribute("aria-pressed", String(el === pressed)));
});

// A plain form that was sent must not be sent again by a second click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[type=submit]").forEach((button) => button.removeAttribute("aria-disabled"));
}));
