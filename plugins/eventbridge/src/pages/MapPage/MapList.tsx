import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { useLinks } from '../../links';
import { neighbours, type FlowGraph, type FlowNode } from './flowGraph';

const Root = styled('div')({
  display: 'grid',
  gap: 28,
  '& h2': { margin: '0 0 10px', fontSize: 17, fontWeight: 650 },
  '& table': { width: '100%', borderCollapse: 'collapse', fontSize: 14 },
  '& th, & td': {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '9px 12px 9px 0',
    borderBottom: '1px solid var(--bl-line)',
  },
  '& th': { fontWeight: 500, color: 'var(--bl-muted)', fontSize: 13 },
  '& td:first-of-type': { fontWeight: 600, width: '34%' },
  '& a': { color: 'inherit' },
  '& small': {
    display: 'block',
    fontFamily: 'var(--bl-mono)',
    fontSize: 12,
    fontWeight: 400,
    color: 'var(--bl-muted)',
  },
});

const names = (nodes: readonly FlowNode[]) => (nodes.length === 0 ? '—' : nodes.map(node => node.title).join(', '));

/** What the picture shows, in words: for those who cannot see it, and for copying. */
export function MapList(props: { readonly graph: FlowGraph }) {
  const { graph } = props;
  const links = useLinks();
  return (
    <Root>
      {graph.domains
        .filter(domain => domain.events.length > 0)
        .map(domain => (
          <section key={domain.name} aria-label={domain.title}>
            <h2>{domain.title}</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">Event type</th>
                  <th scope="col">Published by</th>
                  <th scope="col">Received by</th>
                </tr>
              </thead>
              <tbody>
                {domain.events.map(node =>
                  node.kind === 'event' ? (
                    <tr key={node.id}>
                      <td>
                        <Link to={links.eventType(node.ref)}>{node.title}</Link>
                        <small>{node.ref.source}</small>
                      </td>
                      <td>{names(neighbours(graph, node.id, 'publishes'))}</td>
                      <td>{names(neighbours(graph, node.id, 'subscribes'))}</td>
                    </tr>
                  ) : null,
                )}
              </tbody>
            </table>
          </section>
        ))}
    </Root>
  );
}
