// The parts of ECharts that are used, as one chunk that only pages with charts load.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendScrollComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendScrollComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export { init };
