// static/public/theme-init.js sets the class before first paint; this only changes it.
export function setTheme(mode) {
  document.documentElement.classList.toggle("dark", mode === "dark");
  document.documentElement.style.colorScheme = mode; // CSSOM: allowed by the CSP
  try { localStorage.setItem("theme", mode); } catch { /* private mode */ }
  document.dispatchEvent(new CustomEvent("theme:change", { detail: mode }));
}

export function toggleTheme() {
  setTheme(document.documentElement.classList.contains("dark") ? "light" : "dark");
}
