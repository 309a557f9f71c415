// What all charts share: tokens, fonts, axes, and a tooltip that the CSP allows.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

// ECharts' colour parser does not know oklch(): paint one pixel and read it back.
export function token(name, alpha = 1) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${alpha})`;
}

export const FONT = { fontFamily: '"Geist Variable", ui-sans-serif, sans-serif', fontSize: 11 };

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
export const exact = (value) => number.format(value);
export const compact = (value) => short.format(value);
export const onDay = (value) => day.format(new Date(value));
export const onShortDay = (value) => shortDay.format(new Date(value));

// The default HTML tooltip writes style="" attributes, which style-src 'self' blocks; a DOM node does not.
export function tip(title, rows) {
  const box = document.createElement("div");
  box.className = "grid gap-1";
  const head = document.createElement("div");
  head.className = "font-medium";
  head.textContent = title;
  box.append(head);
  for (const [label, value] of rows) {
    const row = document.createElement("div");
    row.className = "flex justify-between gap-6";
    const left = document.createElement("span");
    left.className = "text-muted-foreground";
    left.textContent = label;
    const right = document.createElement("span");
    right.className = "num font-medium";
    right.textContent = value;
    row.append(left, right);
    box.append(row);
  }
  return box;
}

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const base = () => ({
  animation: !still(),
  animationDuration: 350,
  textStyle: FONT,
  grid: { left: 4, right: 12, top: 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
  tooltip: {
    trigger: "axis", className: "chart-tip", confine: true, transitionDuration: 0.1, backgroundColor: "transparent", borderWidth: 0, padding: 0,
    extraCssText: "", axisPointer: { type: "line", lineStyle: { color: token("--muted-foreground", 0.5), type: "solid", width: 1 } },
  },
});
export const barTooltip = (formatter) => ({
  ...base().tooltip,
  axisPointer: { type: "shadow", shadowStyle: { color: token("--muted-foreground", 0.08) } },
  formatter,
});
const label = () => ({ color: token("--muted-foreground"), ...FONT, margin: 12 });
export const categories = (data, extra = {}) => ({
  type: "category", data, axisLine: { show: false }, axisTick: { show: false },
  axisLabel: { ...label(), hideOverlap: true, ...extra },
});
export const times = (extra = {}) => ({
  type: "time", axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false }, splitNumber: 5,
  axisLabel: { ...label(), hideOverlap: true, formatter: onShortDay }, ...extra,
});
export const values = (extra = {}) => ({
  type: "value", splitNumber: 3, splitLine: { lineStyle: { color: token("--border"), width: 1 } },
  ...extra, axisLabel: { ...label(), ...extra.axisLabel },
});
