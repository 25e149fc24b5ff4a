export { AccountName } from './AccountName';
export { ActionButton, buttonStyles } from './ActionButton';
export { ArnText, shortenMiddle } from './ArnText';
export { Backticks } from './Backticks';
export { Banner } from './Banner';
export { Card } from './Card';
export { CodeBlock } from './CodeBlock';
export { CopyButton } from './CopyButton';
export { Embedded } from './Embedded';
export { EmptyState } from './EmptyState';
export { ServiceLink } from './EntityLink';
export { ErrorPanel, isErrorNamed, reasonOf } from './ErrorPanel';
export { ExternalLink, isSafeUrl } from './ExternalLink';
export { Facet, FacetGroup, FacetSkeleton } from './Facet';
export { FilterChips, type ChosenFilter } from './FilterChips';
export { FilterWords, filterSentence, shortField } from './FilterWords';
export { FlowPicture, type FlowNode } from './FlowPicture';
export { HealthMark } from './HealthMark';
export { Highlight } from './Highlight';
export { JsonView } from './JsonView';
export { ClassificationTag, LifecycleTag, capitalised } from './LifecycleTag';
export { LineDiff } from './LineDiff';
export { FilterDrawer, ListHead, ListLayout } from './ListLayout';
export { OwnerLink, nameOfRef } from './OwnerLink';
export {
  NARROW,
  PHONE,
  PageFrame,
  StaleBanner,
  useScrollElement,
  type PageSearch,
} from './PageFrame';
export { QuotaMeter, quotaLevel, type QuotaLevel } from './QuotaMeter';
export { RelativeTime } from './RelativeTime';
export { RoleTag } from './RoleTag';
export { RowNumbers } from './RowNumbers';
export { SchemaTree } from './SchemaTree';
export { Segments } from './Segments';
export { Select } from './Select';
export { SidePanel } from './SidePanel';
export { Skeleton, SkeletonText } from './Skeleton';
export { StandingMark, standingLabel } from './StandingMark';
export {
  DifferenceTable,
  PermissionList,
  SubscriptionDetails,
} from './SubscriptionDetails';
export { Tag, type TagTone } from './Tag';
export { TinyLine } from './TinyLine';
export { VirtualTable, type Column, type Sorting } from './VirtualTable';
export { durationWords } from './duration';
export { useListUrl, type ListCodec } from './useListUrl';
export { useIsPhone } from './useIsPhone';
export { useUrlState } from './useUrlState';
export { useWidth } from './useWidth';
