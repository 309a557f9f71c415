// A chart's picture and numbers as files, made here: nothing is asked of the server.
import { makeTable, writeCsv } from "./tables.js";

const WIDTH = 1200;
const HEIGHT = 640;

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The same options as on the page, on a canvas of its own, with the title and where the numbers are from.
async function paint(kind, data, { title, note }) {
  const { drawPicture } = await import("./echarts.js");
  const canvas = drawPicture(kind, data, { title, note, width: WIDTH, height: HEIGHT });
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

export async function saveChart(form, menu) {
  const { kind, source, file, title, note } = menu.dataset;
  const data = JSON.parse(document.getElementById(source).textContent);
  menu.hidePopover?.();
  if (form === "csv") download(new Blob([writeCsv(makeTable(kind, data))], { type: "text/csv;charset=utf-8" }), `${file}.csv`);
  else download(await paint(kind, data, { title, note }), `${file}.png`);
}
