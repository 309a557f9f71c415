import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import { FONT, barTooltip, base, categories, compact, exact, onDay, onShortDay, times, tip, token, values } from "./base.js";

echarts.use([
  LineChart, BarChart, HeatmapChart, GridComponent, TooltipComponent, MarkLineComponent, TitleComponent, VisualMapComponent, CanvasRenderer,
]);

const FORMATS = { reel: "--chart-1", video: "--chart-1", carousel: "--chart-2", photo: "--chart-3" };
const percent = (value) => `${exact(value)}%`;

function fade(name) {
  return new echarts.graphic.LinearGradient(0, 0, 0, 1, [{ offset: 0, color: token(name, 0.16) }, { offset: 1, color: token(name, 0) }]);
}

export const options = {
  // {points: [{at, value}], name}
  growth(data) {
    const colour = token("--chart-1");
    return {
      ...base(),
      tooltip: { ...base().tooltip, formatter: ([point]) => tip(onDay(point.value[0]), [[data.name, exact(point.value[1])]]) },
      xAxis: times(),
      yAxis: values({ scale: true, axisLabel: { formatter: compact } }),
      series: [{
        type: "line", data: data.points.map((point) => [point.at, point.value]), smooth: 0.2, smoothMonotone: "x",
        showSymbol: data.points.length < 12, symbol: "circle", symbolSize: 6,
        lineStyle: { width: 2, color: colour }, itemStyle: { color: colour }, areaStyle: { color: fade("--chart-1") },
      }],
    };
  },

  // {points: [{at, kind, value|null}], median|null}; a null is a post whose likes are hidden: a gap, not a zero
  engagement(data) {
    const rows = data.points;
    const line = data.median == null ? [] : [{ yAxis: data.median }];
    return {
      ...base(),
      grid: { ...base().grid, right: line.length ? 56 : 12 },
      tooltip: barTooltip(([bar]) => describePost(rows[bar.dataIndex], data.median)),
      xAxis: categories(rows.map((row) => onShortDay(row.at))),
      yAxis: values({ axisLabel: { formatter: "{value}%" } }),
      series: [{
        type: "bar", barCategoryGap: "28%", barMaxWidth: 34,
        data: rows.map((row) => ({ value: row.value, itemStyle: { color: token(FORMATS[row.kind] ?? "--chart-3"), borderRadius: [2, 2, 0, 0] } })),
        markLine: {
          symbol: "none", silent: true, animation: false, lineStyle: { color: token("--foreground"), type: "solid", width: 1 },
          label: { formatter: `Median\n${data.median == null ? "" : percent(data.median)}`, position: "end", distance: 6, lineHeight: 14, color: token("--foreground"), ...FONT, fontWeight: 500 },
          data: line,
        },
      }],
    };
  },

  // {labels: [...], unit, series: [{name, values}]}: stacked bars, e.g. units used per day
  usage(data) {
    const colours = ["--chart-1", "--chart-2", "--chart-3", "--chart-4"];
    return {
      ...base(),
      tooltip: barTooltip((bars) => tip(bars[0].axisValue, bars.map((bar) => [bar.seriesName, `${exact(bar.value)} ${data.unit ?? ""}`]))),
      xAxis: categories(data.labels),
      yAxis: values({ splitNumber: 2, minInterval: 1 }),
      series: data.series.map((series, at) => ({
        name: series.name, type: "bar", stack: "all", barCategoryGap: "34%", barMaxWidth: 28, data: series.values,
        itemStyle: { color: token(colours[at % colours.length]), borderRadius: at === data.series.length - 1 ? [2, 2, 0, 0] : 0 },
      })),
    };
  },

  // {rows: [{label, value}], unit}: bars from the left, the largest on top, each with its number
  ranking(data) {
    const rows = data.rows;
    return {
      ...base(),
      grid: { ...base().grid, top: 4, right: 56 },
      tooltip: barTooltip(([bar]) => tip(bar.name, [[data.unit || "Paid acts", exact(bar.value)]])),
      xAxis: values({ splitNumber: 2, minInterval: 1, axisLabel: { formatter: compact } }),
      yAxis: { ...categories(rows.map((row) => row.label), { width: 108, overflow: "truncate", hideOverlap: false }), inverse: true },
      series: [{
        type: "bar", barCategoryGap: "38%", barMaxWidth: 22, data: rows.map((row) => row.value),
        itemStyle: { color: token("--chart-1"), borderRadius: [0, 2, 2, 0] },
        label: { show: true, position: "right", formatter: ({ value }) => exact(value), color: token("--foreground"), ...FONT },
      }],
    };
  },
};

// Charts that the page writes as HTML; drawn only where they are saved as a picture.
const HEAT = ["--heat-0", "--heat-1", "--heat-2", "--heat-3", "--heat-4", "--heat-5"];
const pictures = {
  ...options,
  // [{label, n, share}]
  bars: (data) => shares(data),
  // [{label, share}]
  moods: (data) => shares(data),
  // [{day, cells: [{n, lv}]}]
  hours(data) {
    return {
      grid: { left: 4, right: 12, top: 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: categories([...Array(24).keys()].map((hour) => `${String(hour).padStart(2, "0")}:00`)),
      yAxis: { ...categories(data.map((row) => row.day), { hideOverlap: false }), inverse: true },
      visualMap: { show: false, min: 0, max: HEAT.length - 1, dimension: 2, inRange: { color: HEAT.map((name) => token(name)) } },
      series: [{
        type: "heatmap", data: data.flatMap((row, y) => row.cells.map((cell, x) => [x, y, cell.lv, cell.n])),
        itemStyle: { borderWidth: 2, borderColor: token("--background") },
        label: { show: true, formatter: ({ value }) => (value[3] ? exact(value[3]) : ""), ...FONT },
      }],
    };
  },
};

function shares(rows) {
  const option = options.ranking({ rows: rows.map((row) => ({ label: row.label, value: row.share })), unit: "%" });
  option.xAxis = values({ splitNumber: 2, max: 100, axisLabel: { formatter: "{value}%" } });
  option.series[0].label.formatter = ({ value }) => percent(value);
  return option;
}

export function drawPicture(kind, data, { title, note, width, height }) {
  const chart = echarts.init(document.createElement("div"), null, { renderer: "canvas", width, height });
  const option = pictures[kind](data);
  chart.setOption({
    ...option,
    animation: false,
    tooltip: { show: false },
    grid: { ...option.grid, left: 32, right: Math.max(32, option.grid.right ?? 0), top: 96, bottom: 32 },
    title: {
      text: title, subtext: note, left: 32, top: 24, itemGap: 8,
      textStyle: { ...FONT, fontSize: 18, fontWeight: 600, color: token("--foreground") },
      subtextStyle: { ...FONT, fontSize: 12, color: token("--muted-foreground") },
    },
  });
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: token("--background") });
  chart.dispose();
  return canvas;
}

function describePost(row, median) {
  const rows = [["Format", row.kind[0].toUpperCase() + row.kind.slice(1)]];
  if (row.value == null) rows.push(["Engagement", "Likes hidden"]);
  else {
    rows.push(["Engagement", percent(row.value)]);
    if (median != null) rows.push(["Against the median", `${row.value >= median ? "+" : "−"}${exact(Math.abs(row.value - median))} pt`]);
  }
  return tip(onDay(row.at), rows);
}

export { echarts };
