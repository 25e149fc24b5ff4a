import { styled } from '@mui/material/styles';

const Bar = styled('span')({
  display: 'block',
  borderRadius: 5,
  background: 'var(--bl-line)',
  opacity: 0.75,
  animation: 'bl-pulse 1.6s ease-in-out infinite',
  '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
});

/** A bar in the place and size of what is on its way. */
export function Skeleton(props: {
  readonly width?: number | string;
  readonly height?: number;
  readonly className?: string;
}) {
  return (
    <Bar aria-hidden className={props.className} style={{ width: props.width ?? '100%', height: props.height ?? 14 }} />
  );
}

/** Lines of text on their way. */
export function SkeletonText(props: { readonly lines?: number }) {
  return (
    <span aria-hidden style={{ display: 'grid', gap: 10 }}>
      {Array.from({ length: props.lines ?? 3 }, (_, line) => (
        <Skeleton key={line} width={line === (props.lines ?? 3) - 1 ? '62%' : '100%'} />
      ))}
    </span>
  );
}
