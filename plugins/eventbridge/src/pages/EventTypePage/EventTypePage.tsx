import { useParams } from 'react-router-dom';
import { PageFrame } from '../../components';

export function EventTypePage() {
  const { source = '', detailType = '' } = useParams();
  return <PageFrame title={detailType}>{source}</PageFrame>;
}
