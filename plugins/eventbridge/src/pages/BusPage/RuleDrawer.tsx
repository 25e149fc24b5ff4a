import type { BusDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useRef } from 'react';
import { Link } from 'react-router-dom';
import { ArnText, CodeBlock, SidePanel, StandingMark, Tag } from '../../components';
import { useLinks } from '../../links';
import { patternWords } from './patternWords';

const Body = styled('div')({ display: 'grid', gap: 18, '& p': { margin: 0 } });

/** One rule: what it takes in words and as its pattern, and the subscription that it serves. */
export function RuleDrawer(props: {
  readonly rule: BusDetail['rules'][number] | undefined;
  readonly onClose: () => void;
}) {
  // Kept while the panel slides away.
  const last = useRef(props.rule);
  if (props.rule) last.current = props.rule;
  const rule = last.current;
  const links = useLinks();
  if (!rule) return null;
  return (
    <SidePanel
      open={props.rule !== undefined}
      onClose={props.onClose}
      what="rule"
      title={rule.name}
      head={
        <div className="bl-panel-facts">
          <StandingMark standing={rule.standing} />
          <Tag tone={rule.enabled ? 'plain' : 'warn'}>{rule.enabled ? 'Enabled' : 'Disabled'}</Tag>
          <span>
            {rule.targetCount.toLocaleString('en')} {rule.targetCount === 1 ? 'target' : 'targets'}
          </span>
          {rule.arn && <ArnText arn={rule.arn} length={60} />}
        </div>
      }
    >
      <Body>
        <p>Takes: {patternWords(rule.pattern)}.</p>
        {rule.subscriptionId ? (
          <p>
            It serves a subscription: <Link to={links.subscription(rule.subscriptionId)}>open it</Link> for its target,
            delivery settings and the policies that let it happen.
          </p>
        ) : (
          <p className="bl-muted">No subscription is known that it serves.</p>
        )}
        {rule.pattern !== undefined && (
          <CodeBlock
            text={JSON.stringify(rule.pattern, null, 2)}
            language="json"
            title="EventBridge event pattern"
            what="the event pattern"
          />
        )}
      </Body>
    </SidePanel>
  );
}
