// Draws each figure.chart from the JSON beside it. Colours, type and sizes come from the stylesheet.
(() => {
  "use strict";
  const probe = document.createElement("span");
  probe.hidden = true;

  const colour = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };

  const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
  const axisLabel = (symbol, suffix) => value =>
    (value < 0 ? "\u2212" : "") + (value === 0 ? "0" : symbol + compact.format(Math.abs(value)).replace("K", "k") + suffix);

  const look = () => ({
    ink: colour("ink"), soft: colour("ink-soft"), rule: colour("rule"), paper: colour("paper"), accent: colour("accent"),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map(i => colour(`series-${i}`)),
    type: getComputedStyle(document.documentElement).getPropertyValue("--figures"),
  });

  const tooltip = (style, data) => ({
    trigger: "item",
    // Rich text is painted on the canvas; HTML would need inline styles, which the page's policy forbids.
    renderMode: "richText",
    backgroundColor: style.ink,
    borderWidth: 0,
    padding: [6, 10],
    textStyle: { color: style.paper, fontFamily: style.type, fontSize: 12, lineHeight: 18 },
    formatter: point => [point.seriesName, data.categories[point.dataIndex], data.series[point.seriesIndex].labels[point.dataIndex]]
      .filter(Boolean).join("\n"),
  });

  // Lines across the drawing where something went live; the table below says the same.
  const marks = (data, style) => (data.marks || []).length === 0 ? undefined : {
    symbol: ["none", "none"], animation: false, precision: 0,
    lineStyle: { color: style.soft, type: [3, 3], width: 1, opacity: data.marks.length * 3 > data.categories.length ? 0.35 : 0.8 }, emphasis: { lineStyle: { color: style.accent, width: 2 } },
    label: { show: true, formatter: "\u25bc", color: style.accent, fontSize: 9, distance: 0, position: "end" },
    tooltip: { formatter: point => point.name },
    data: data.marks.map(mark => ({ xAxis: mark.at, name: mark.label })),
  };

  const tint = (style, one, i) => style.series[one.isRest ? 7 : i % 7];

  // The names at the ends of the lines, pushed apart so that none covers another.
  const spread = (chart, data) => {
    const gap = 16;
    const ends = data.series.map((one, i) => ({ i, y: chart.convertToPixel({ yAxisIndex: 0 }, one.values.at(-1)) })).sort((a, b) => a.y - b.y);
    ends.forEach(end => { end.at = end.y; });
    for (let k = 1; k < ends.length; k++) ends[k].at = Math.max(ends[k].at, ends[k - 1].at + gap);
    const floor = chart.getHeight() - 24;
    for (let k = ends.length - 1; k >= 0; k--) ends[k].at = Math.min(ends[k].at, floor - (ends.length - 1 - k) * gap);
    const series = data.series.map(() => ({}));
    for (const end of ends) series[end.i] = { endLabel: { offset: [0, end.at - end.y] } };
    chart.setOption({ series });
  };

  const overTime = (data, style, width) => {
    const bars = data.form === "bars";
    const named = !bars && width > 640 && data.series.length > 1;
    return {
      grid: { left: 4, right: named ? 168 : 12, top: data.series.length > 1 && !named ? 44 : 16, bottom: 4, containLabel: true },
      legend: data.series.length > 1 && !named
        ? { top: 0, left: 0, type: "scroll", icon: "rect", itemWidth: 10, itemHeight: 10, itemGap: 16, textStyle: { color: style.ink, fontSize: 12 },
            pageTextStyle: { color: style.soft }, pageIconColor: style.accent }
        : undefined,
      xAxis: {
        type: "category", data: data.categories, boundaryGap: bars,
        axisLine: { lineStyle: { color: style.soft } }, axisTick: { show: false },
        axisLabel: { color: style.soft, fontSize: 12, hideOverlap: true, margin: 12,
          alignMaxLabel: named || bars ? undefined : "right" },
      },
      yAxis: {
        type: "value", splitNumber: 4, max: data.max ?? undefined, interval: data.max ? data.max / 4 : undefined, axisLabel: { color: style.soft, fontSize: 12, formatter: axisLabel(data.symbol, data.suffix) },
        splitLine: { lineStyle: { color: style.rule } },
      },
      series: data.series.map((one, i) => ({
        name: one.name, data: one.values, type: bars ? "bar" : "line", stack: bars ? "all" : undefined,
        barMaxWidth: 48, symbol: "circle", symbolSize: 5, showSymbol: data.categories.length <= 31, color: tint(style, one, i),
        lineStyle: { width: 2 }, itemStyle: { borderColor: style.paper, borderWidth: bars ? 1 : 0 },
        endLabel: named ? { show: true, formatter: "{a}", color: tint(style, one, i), fontSize: 12, distance: 8, width: 150, overflow: "truncate" } : undefined,
        emphasis: { focus: "series" }, cursor: "pointer", markLine: i === 0 ? marks(data, style) : undefined,
      })),
    };
  };

  const ranking = (data, style, width) => {
    const names = Math.min(220, width * 0.4);
    return {
    grid: { left: names, right: 72, top: 4, bottom: 4 },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category", inverse: true, data: data.categories, axisLine: { show: false, onZero: false }, axisTick: { show: false },
      axisLabel: { color: style.ink, fontSize: 13, align: "left", margin: names, width: names - 16, overflow: "truncate" },
    },
    series: [{
      type: "bar", data: data.series[0].values, color: style.accent, barMaxWidth: 18, barCategoryGap: "35%",
      label: { show: true, position: "right", color: style.ink, fontSize: 12, formatter: point => data.series[0].labels[point.dataIndex] },
      cursor: "pointer",
    }],
    };
  };

  // Painted now, and again when the theme or the room changes.
  const keep = ({ chart, paint }, canvas) => {
    paint();
    addEventListener("bursar-theme", paint);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    new ResizeObserver(() => { chart.resize(); paint(); }).observe(canvas);
  };

  // Streams between columns: names stand inside the drawing, on its own ground, so that a narrow screen can hold them.
  const flow = (data, style, width) => {
    const tone = one => (one.tone === 0 ? style.soft : style.series[one.tone - 1]);
    const narrow = width < 640;
    return {
      tooltip: {
        ...tooltip(style, data),
        formatter: point => point.dataType === "edge" ? `${point.data.from} to ${point.data.to}\n${point.data.amount}` : `${point.data.title}\n${point.data.amount}`,
      },
      series: [{
        type: "sankey", left: 2, right: 2, top: 4, bottom: 4, nodeWidth: narrow ? 6 : 10, nodeGap: 20, layoutIterations: 0, draggable: false,
        emphasis: { focus: "adjacency" },
        data: data.nodes.map(node => ({
          name: node.name, depth: node.column, title: node.title, amount: node.label, link: node.link, itemStyle: { color: tone(node), borderWidth: 0 },
          label: {
            position: node.column === 2 ? "left" : "right", color: style.ink, fontSize: narrow ? 11 : 12, width: width / 3 - (narrow ? 14 : 24),
            overflow: "truncate", formatter: narrow ? node.title : `${node.title}  ${node.label}`, textBorderColor: style.paper, textBorderWidth: 3,
          },
        })),
        links: data.links.map(link => ({
          source: link.source, target: link.target, value: link.value, amount: link.label,
          from: data.nodes.find(node => node.name === link.source).title, to: data.nodes.find(node => node.name === link.target).title,
          lineStyle: { color: style.series[link.tone - 1], opacity: 0.35, curveness: 0.5 },
        })),
      }],
    };
  };

  const drawFlow = (data, canvas) => {
    const tallest = Math.max(...[0, 1, 2].map(column => data.nodes.filter(node => node.column === column).length));
    canvas.style.height = `${Math.max(240, tallest * 44 + 8)}px`;
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    const paint = () => {
      const style = look();
      chart.setOption({ animation: false, textStyle: { fontFamily: style.type }, ...flow(data, style, canvas.clientWidth) }, true);
    };
    chart.on("click", point => { if (point.data.link) location.assign(point.data.link); });
    return { chart, paint };
  };

  const draw = figure => {
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const canvas = figure.querySelector(".canvas");
    figure.dataset.drawn = "";
    if (data.form === "flow") return keep(drawFlow(data, canvas), canvas);
    if (data.form === "ranking") canvas.style.height = `${data.categories.length * 30 + 8}px`;
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    const paint = () => {
      const style = look();
      const form = data.form === "ranking" ? ranking(data, style, canvas.clientWidth) : overTime(data, style, canvas.clientWidth);
      chart.setOption({ animation: false, textStyle: { fontFamily: style.type }, tooltip: tooltip(style, data), ...form }, true);
      if (form.series[0].endLabel) spread(chart, data);
    };
    chart.on("click", point => {
      if (point.componentType !== "series") return;
      const link = data.series[point.seriesIndex].links[point.dataIndex];
      if (link) location.assign(link);
    });
    keep({ chart, paint }, canvas);
  };

  // Paper is white: charts are drawn again in the light colours, and back afterwards.
  const root = document.documentElement;
  let screenTheme;
  const repaint = () => dispatchEvent(new Event("bursar-theme"));
  addEventListener("beforeprint", () => {
    screenTheme = root.dataset.theme;
    root.dataset.theme = "light";
    repaint();
  });
  addEventListener("afterprint", () => {
    if (screenTheme) root.dataset.theme = screenTheme; else delete root.dataset.theme;
    repaint();
  });

  document.body.append(probe);
  document.fonts.ready.then(() => document.querySelectorAll("figure.chart").forEach(draw));
})();
