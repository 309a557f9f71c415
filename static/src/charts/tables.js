// The numbers of each kind of chart as a table: columns, and rows from the very data that it is drawn from.
const shares = { columns: ["label", "count", "share_percent"], rows: (data) => data.map((row) => [row.label, row.n, row.share]) };
const kinds = {
  growth: { columns: ["time", "followers"], rows: (data) => data.points.map((point) => [point.at, point.value]) },
  engagement: {
    columns: ["time", "format", "engagement_rate_percent"],
    rows: (data) => data.points.map((point) => [point.at, point.kind, point.value]),
  },
  bars: shares,
  moods: { columns: ["label", "share_percent"], rows: (data) => data.map((row) => [row.label, row.share]) },
  hours: {
    columns: ["weekday", "hour_utc", "posts"],
    rows: (data) => data.flatMap((row) => row.cells.map((cell, hour) => [row.day, hour, cell.n])),
  },
  usage: {
    columns: (data) => ["label", ...data.series.map((series) => series.name)],
    rows: (data) => data.labels.map((label, at) => [label, ...data.series.map((series) => series.values[at])]),
  },
  ranking: { columns: ["label", "value"], rows: (data) => data.rows.map((row) => [row.label, row.value]) },
};

export function makeTable(kind, data) {
  const { columns, rows } = kinds[kind];
  return [typeof columns === "function" ? columns(data) : columns, ...rows(data)];
}

// As apps/core/tabular.py: what a spreadsheet would run is preceded by an apostrophe; numbers stay numbers.
const FORMULA = /^ *[=+\-@\t\r\n＝＋－＠]/;

function writeCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// With a byte order mark, so that spreadsheets read every script.
export const writeCsv = (table) => `\ufeff${table.map((row) => row.map(writeCell).join(",")).join("\r\n")}\r\n`;
