/** The style of an exported diagram: the classes of style/view-sequence.css in the light colours of the palette. */
export const exportedStyle = `
svg { background: #fff; font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.lifeline { stroke: #dce1e8; stroke-width: 2; }
.head rect { fill: #e9edf3; stroke: #7a8594; }
.head text { fill: #171c24; font-weight: 600; text-anchor: middle; dominant-baseline: central; }
.bar { fill: #e9edf3; stroke: #7a8594; }
.label { fill: #171c24; text-anchor: middle; }
.label { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
.time { fill: #515b69; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 11px; }
.arrow-line { fill: none; stroke: #3a4860; stroke-width: 1.5; }
.answer .arrow-line { stroke-dasharray: 5 4; }
.tip { fill: #3a4860; stroke: none; }
.cross { fill: none; stroke: #6739c0; stroke-width: 2.5; }
.box { fill: #f6f7f9; stroke: #7a8594; }
.box ~ .label { stroke: none; }
.pause .rule { stroke: #7a8594; stroke-dasharray: 2 4; }
.pause .label { fill: #515b69; font-style: italic; stroke-width: 12px; }
.row-hit { fill: none; }
.refused .arrow-line, .failed .arrow-line { stroke: #ab1f17; }
.refused .tip, .failed .tip { fill: #ab1f17; }
.refused .label, .failed .label { fill: #ab1f17; font-weight: 600; }
.fault .arrow-line { stroke: #6739c0; }
.fault .tip { fill: #6739c0; }
.fault .label { fill: #6739c0; font-weight: 600; }
.fault .box { fill: #efe8fc; stroke: #6739c0; }
.failed .box { fill: #fdf0ee; stroke: #ab1f17; }
`;
