// What htmx requests need beyond their attributes: quiet polls, clear failures, whole pages that were meant for the window.
import { toast } from "./toast.js";

let lastFailure = 0;

function report(text) {
  if (Date.now() - lastFailure < 8000) return; // a poll fails every second; say it once
  lastFailure = Date.now();
  toast({ text, level: "error" });
}

// Nobody looks at a hidden tab: its polls wait.
document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (document.hidden && ctx.sourceEvent?.type === "every") event.preventDefault();
});

// A whole page (an error page, a sign-in form) must not land inside a fragment.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!/^\s*<!doctype/i.test(ctx.text ?? "") || ctx.hx?.redirect) return;
  event.preventDefault();
  if (ctx.response.raw.redirected) { location.assign(ctx.response.raw.url); return; }
  report(ctx.response.status >= 500 ? "Something failed on our side. Nothing was charged." : "This part is no longer available. Reload the page.");
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail?.ctx?.request) report("The server could not be reached. We keep trying.");
});
