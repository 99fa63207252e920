// <mw-chart kind="line|bar|bars" unit="…" span="…">: draws the table inside it. The first column is the x axis; each further column is a
// series (data-line="12" on a header draws a threshold, data-bound makes it an end of the first series' interval). Without this script the
// table itself is what one sees.
import type { EChartsType } from "echarts/core";

export interface Series { name: string; threshold: number | null; bound: boolean; values: (number | null)[] }
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
      bound: head.dataset.bound !== undefined,
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
    const kind = this.getAttribute("kind") ?? "line";
    const line = kind === "line";
    const lying = kind === "bars";
    const text = { color: colour("muted"), fontSize: 11 };
    const nameText = { color: colour("muted"), fontSize: 12 };
    const legend = facts.series.length > 1;
    const unit = this.getAttribute("unit") ?? "";
    const categories = {
      type: "category", data: facts.labels, boundaryGap: !line, inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("control") } },
      axisLabel: lying ? { ...text, width: Math.min(220, this.clientWidth * .4), overflow: "truncate" } : { ...text, hideOverlap: true },
      ...(lying ? {} : { name: facts.axis, nameLocation: "middle", nameGap: 24, nameTextStyle: nameText }),
    };
    const values = {
      type: "value", scale: line, axisLabel: { ...text, hideOverlap: true }, splitLine: { lineStyle: { color: colour("line") } }, ...this.#range(facts),
      // Above its axis a name can be as long as the chart is wide.
      name: unit, ...(lying ? { nameLocation: "middle", nameGap: 24, nameTextStyle: nameText } : { nameLocation: "end", nameGap: 10, nameTextStyle: { ...nameText, align: "left" } }),
    };
    this.#chart?.setOption({
      animation: false,
      color: [1, 2, 3, 4, 5, 6].map(n => colour(String(n))),
      grid: { left: 8, right: 20, top: (legend ? 30 : 8) + (lying ? 0 : 22), bottom: 24, containLabel: true },
      legend: { show: legend, type: "scroll", top: 0, textStyle: { color: colour("text"), fontSize: 12 } },
      // Text on the canvas: no markup is made of names, and no inline style is needed.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("panel"), borderColor: colour("line"), textStyle: { color: colour("text"), fontSize: 12 } },
      xAxis: lying ? values : categories,
      yAxis: lying ? categories : values,
      series: facts.series.map(one => ({
        name: one.name, type: line ? "line" : "bar", data: one.values, symbolSize: 5, connectNulls: true,
        showSymbol: !one.bound && one.values.length < 40,
        ...(one.bound ? { color: colour("1"), lineStyle: { color: colour("1"), type: "dashed", width: 1, opacity: .7 } } : {}),
        barGap: "10%", barMaxWidth: lying ? 18 : 48,
        markLine: one.threshold === null ? undefined : {
          silent: true, symbol: "none",
          label: { color: colour("bad"), formatter: "limit {c}", position: "insideEndTop", backgroundColor: colour("panel"), padding: [1, 3] },
          lineStyle: { color: colour("bad"), type: "dashed" }, data: [{ yAxis: one.threshold }],
        },
      })),
    }, { notMerge: true });
  }

  // A chart that says how much its axis spans at least does not blow up a difference of nothing.
  #range(facts: Facts): { min?: number; max?: number } {
    const span = Number(this.getAttribute("span") ?? 0);
    const all = facts.series.flatMap(one => one.values.filter(value => value !== null));
    if (all.length === 0 || span === 0) return {};
    const [least, most] = [Math.min(...all), Math.max(...all)];
    if (most - least >= span) return {};
    const step = span / 5;
    const min = Math.floor((least + most - span) / 2 / step) * step;
    return { min: Number(min.toPrecision(6)), max: Number((min + span + step).toPrecision(6)) };
  }
}

customElements.define("mw-chart", Chart);
