import { clockTime } from '../core/times.ts';
import { word } from './words.ts';

const [width, height] = [480, 96];

/** Messages of contacts, a bar for five minutes, over two hours; the last bar still grows. */
export function InboundChart({ spans }: { spans: { at: string; count: number }[] }) {
  const most = Math.max(1, ...spans.map(({ count }) => count));
  const total = spans.reduce((sum, { count }) => sum + count, 0);
  const step = width / Math.max(1, spans.length);
  const tall = (count: number) => (count === 0 ? 1 : Math.max(3, (count / most) * height));
  return (
    <figure class="inbound">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={word('inbound_label', { total, most })} preserveAspectRatio="none">
        {spans.map(({ at, count }, n) => (
          <rect key={at} x={n * step + 1.5} width={step - 3} y={height - tall(count)} height={tall(count)} rx={2}>
            <title>{`${clockTime(at)}: ${count}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span>{spans[0] && clockTime(spans[0].at)}</span>
        <span>{word('inbound_total', { total, most })}</span>
        <span>{word('now')}</span>
      </figcaption>
    </figure>
  );
}
