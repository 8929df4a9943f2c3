/** A lab's plot as a picture, drawn by ECharts without a browser. */
import * as echarts from 'echarts';
import { type FigureText, type Plot, wordIn } from '../../src/labs/figure.js';

const WIDTH = 480;
const HEIGHT = 320;
/** Told apart by colour and by the shape of their marks; readable on white and on black. */
const COLOURS = ['#0969da', '#cf222e', '#1a7f37', '#9a6700', '#8250df', '#57606a'] as const;
const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;
const GREY = '#6e7781';
/** With more points than this the marks would hide the line. */
const MARKED = 40;

export function plotSvg({ x, y, style, series }: Plot, text: FigureText): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const axis = { type: 'value' as const, nameTextStyle: { color: GREY }, axisLabel: { color: GREY }, axisLine: { show: true, lineStyle: { color: GREY } }, splitLine: { lineStyle: { color: GREY, opacity: 0.2 } } };
  chart.setOption({
    animation: false,
    color: [...COLOURS],
    title: { text: text.title, left: 8, top: 4, textStyle: { fontSize: 13, color: GREY } },
    legend: series.length > 1 ? { bottom: 0, textStyle: { color: GREY } } : undefined,
    grid: { left: 12, right: 24, top: 56, bottom: series.length > 1 ? 56 : 34, containLabel: true },
    xAxis: { ...axis, name: wordIn(text, x), nameLocation: 'middle', nameGap: 24, scale: true },
    yAxis: { ...axis, name: wordIn(text, y), scale: true },
    series: series.map(({ name, points }, i) => ({
      name: wordIn(text, name), type: style === 'points' ? 'scatter' : 'line', step: style === 'steps' ? 'end' : undefined,
      symbol: SHAPES[i % SHAPES.length], symbolSize: style === 'points' ? 7 : 5, showSymbol: style === 'points' || points.length <= MARKED, lineStyle: { width: 1.6 }, data: points.map((point) => [...point]),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${stable(svg)}\n`;
}

/** ECharts numbers its clip paths and style classes from 0 on in each process: from 0 on in each picture instead. */
function stable(svg: string): string {
  const names = new Map<string, string>();
  return svg.replaceAll(/zr\d+-(?:c|cls-|g|s|ani-)?\d+/g, (name) => {
    if (!names.has(name)) names.set(name, `zr-${names.size}`);
    return names.get(name) as string;
  });
}
