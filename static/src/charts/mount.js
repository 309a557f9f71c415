// <div data-chart="growth" data-source="growth-data"> + {{ data|json_script:"growth-data" }}
// ECharts is a chunk of its own, loaded when a chart comes near the viewport.
const live = new Map();
let library;

const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) { near.unobserve(target); draw(target); }
  }
}, { rootMargin: "200px" });

export function mountCharts(root) {
  root.querySelectorAll("[data-chart]:not([data-chart-on])").forEach((el) => { el.dataset.chartOn = ""; near.observe(el); });
}

async function draw(el) {
  library ??= import("./echarts.js");
  const { echarts, options } = await library;
  const source = document.getElementById(el.dataset.source);
  if (!source || !el.isConnected) return;
  const data = JSON.parse(source.textContent);
  const chart = echarts.init(el, null, { renderer: "canvas" });
  const render = () => chart.setOption(options[el.dataset.chart](data, el), { notMerge: true });
  render();
  el.dataset.chartReady = "";
  live.set(el, { chart, render });
  new ResizeObserver(() => { if (live.has(el)) { chart.resize(); render(); } }).observe(el);
}

document.addEventListener("theme:change", () => live.forEach(({ render }) => render()));
document.addEventListener("htmx:before:cleanup", (event) => {
  for (const [el, { chart }] of live) {
    if (event.target.contains?.(el)) { chart.dispose(); live.delete(el); }
  }
});
