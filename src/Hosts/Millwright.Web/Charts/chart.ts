// <mw-chart kind="line|bar" unit="…">: draws the table inside it. The first column is the x axis; each further column is a series
// (data-line="12" on a header draws a threshold). Without this script the table itself is what one sees.
import type { EChartsType } from "echarts/core";

export interface Series { name: string; threshold: number | null; values: (number | null)[] }
export interface Facts { axis: string; labels: string[]; series: Series[] }

export function readFacts(table: HTMLTableElement): Facts {
  const heads = [...table.tHead!.rows[0]!.cells];
  const rows = [...table.tBodies[0]!.rows];
  return {
    axis: heads[0]?.textContent?.trim() ?? "",
    labels: rows.map(row => row.cells[0]?.dataset.value ?? row.cells[0]?.textContent?.trim() ?? ""),
    series: heads.slice(1).map((head, at) => ({
      name: head.textContent?.trim() ?? "",
      threshold: head.dataset.line ? Number(head.dataset.line) : null,
      values: rows.map(row => numberIn(row.cells[at + 1])),
    })),
  };
}

function numberIn(cell: HTMLTableCellElement | undefined): number | null {
  const text = (cell?.dataset.value ?? cell?.textContent ?? "").trim();
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

export class Chart extends HTMLElement {
  #chart: EChartsType | null = null;
  #watch: MutationObserver | null = null;
  #size: ResizeObserver | null = null;

  connectedCallback(): void {
    // The parser may still be reading the table.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => void this.#start(), { once: true });
    else void this.#start();
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
    this.#size?.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
  }

  async #start(): Promise<void> {
    const table = this.querySelector("table");
    if (!table || this.#chart) return;
    const { init } = await import("./echarts");
    if (!this.isConnected || this.#chart) return;
    const canvas = document.createElement("div");
    canvas.className = "chart-canvas";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${this.getAttribute("label") ?? "Chart"} (figures in the table below)`);
    const figures = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "Figures";
    figures.append(summary, ...this.childNodes);
    this.append(canvas, figures);
    this.setAttribute("drawn", "");
    this.#chart = init(canvas);
    const draw = () => this.#draw(table);
    draw();
    this.#watch = new MutationObserver(draw);
    this.#watch.observe(table, { childList: true, subtree: true, characterData: true });
    this.#watch.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    this.#size = new ResizeObserver(() => this.#chart?.resize());
    this.#size.observe(canvas);
  }

  #draw(table: HTMLTableElement): void {
    const facts = readFacts(table);
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(`--mw-${name}`).trim();
    const line = (this.getAttribute("kind") ?? "line") === "line";
    const text = { color: colour("muted"), fontSize: 11 };
    this.#chart?.setOption({
      animation: false,
      color: [1, 2, 3, 4, 5, 6].map(n => colour(String(n))),
      grid: { left: 8, right: 12, top: facts.series.length > 1 ? 30 : 12, bottom: 6, containLabel: true },
      legend: { show: facts.series.length > 1, type: "scroll", top: 0, textStyle: { color: colour("text"), fontSize: 12 } },
      // Text on the canvas: no markup is made of names, and no inline style is needed.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("panel"), borderColor: colour("line"), textStyle: { color: colour("text"), fontSize: 12 } },
      xAxis: { type: "category", data: facts.labels, boundaryGap: !line, axisLabel: { ...text, hideOverlap: true }, axisLine: { lineStyle: { color: colour("control") } }, axisTick: { show: false } },
      yAxis: { type: "value", scale: line, axisLabel: text, splitLine: { lineStyle: { color: colour("line") } } },
      series: facts.series.map(one => ({
        name: one.name, type: line ? "line" : "bar", data: one.values, showSymbol: one.values.length < 40, symbolSize: 5, connectNulls: true,
        barGap: "10%",
        markLine: one.threshold === null ? undefined : {
          silent: true, symbol: "none", label: { color: colour("bad"), formatter: "limit {c}", position: "insideEndTop" },
          lineStyle: { color: colour("bad"), type: "dashed" }, data: [{ yAxis: one.threshold }],
        },
      })),
    }, { notMerge: true });
  }
}

customElements.define("mw-chart", Chart);
