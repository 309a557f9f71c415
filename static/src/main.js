import "./main.css";
import "./popover.js";
import "./actions.js";
import "./combobox.js";
import "./requests.js";
import { showServerMessages } from "./toast.js";
import { mountCharts } from "./charts/mount.js";

// htmx first: its extension registers itself on the global.
import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-alpine-compat.js";

// basecoat.js first: it holds the registry that the others use.
import "basecoat-css/basecoat";
import "basecoat-css/sidebar";

import Alpine from "@alpinejs/csp";

window.htmx = htmx;
window.Alpine = Alpine;

Alpine.data("billing", () => ({
  yearly: true,
  init() { this.yearly = this.$el.dataset.interval !== "month"; },
  monthly() { this.yearly = false; },
  annual() { this.yearly = true; },
}));
Alpine.start();

// htmx reads the page a moment after this module ran; a dialog that was opened before then gets its content now.
setTimeout(() => document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.dispatchEvent(new CustomEvent("opened"))));

// Of more tabs than fit, the one that is open is in view.
function showTab() {
  const open = document.querySelector(".tabs [aria-current]"), bar = open?.closest(".tabs");
  if (bar) bar.scrollLeft = open.offsetLeft - (bar.clientWidth - open.offsetWidth) / 2;
}

showServerMessages();
mountCharts(document);
showTab();
document.addEventListener("htmx:after:swap", () => {
  mountCharts(document);
  showTab();
  showServerMessages();
});
