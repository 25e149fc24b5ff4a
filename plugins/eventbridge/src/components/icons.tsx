import type { ReactNode, SVGProps } from 'react';

/** A stroke icon of 24 units, as large as the text beside it, hidden from screen readers: words say what it means. */
function stroke(name: string, content: ReactNode) {
  const Icon = (props: SVGProps<SVGSVGElement>) => (
    <svg
      width="1.15em"
      height="1.15em"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...props}
    >
      {content}
    </svg>
  );
  Icon.displayName = name;
  return Icon;
}

export const SearchIcon = stroke(
  'SearchIcon',
  <>
    <circle cx="11" cy="11" r="7" />
    <path d="m20 20-3.8-3.8" />
  </>,
);
export const CloseIcon = stroke('CloseIcon', <path d="M6 6l12 12M18 6 6 18" />);
export const FilterIcon = stroke('FilterIcon', <path d="M4 6h16M7 12h10M10 18h4" />);
export const CopyIcon = stroke(
  'CopyIcon',
  <>
    <rect x="9" y="9" width="11" height="11" rx="2" />
    <path d="M5 15V6a2 2 0 0 1 2-2h9" />
  </>,
);
export const CheckIcon = stroke('CheckIcon', <path d="m5 12.5 4.5 4.5L19 7.5" />);
export const WarningIcon = stroke(
  'WarningIcon',
  <>
    <path d="M12 4 2.8 19.5h18.4L12 4Z" />
    <path d="M12 10v4.5M12 17.2v.1" />
  </>,
);
export const ErrorIcon = stroke(
  'ErrorIcon',
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5.5M12 16.3v.1" />
  </>,
);
export const InfoIcon = stroke(
  'InfoIcon',
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5.5M12 7.7v.1" />
  </>,
);
export const LockIcon = stroke(
  'LockIcon',
  <>
    <rect x="5" y="11" width="14" height="9" rx="2" />
    <path d="M8 11V8a4 4 0 0 1 8 0v3" />
  </>,
);
export const EventIcon = stroke('EventIcon', <path d="M13 3 5 13.5h6L10 21l9-11.5h-6.5L13 3Z" />);
export const ServiceIcon = stroke(
  'ServiceIcon',
  <>
    <rect x="4" y="4.5" width="16" height="6" rx="1.5" />
    <rect x="4" y="13.5" width="16" height="6" rx="1.5" />
    <path d="M7.5 7.5v.1M7.5 16.5v.1" />
  </>,
);
export const BusIcon = stroke(
  'BusIcon',
  <>
    <path d="M3 12h18" />
    <circle cx="7" cy="12" r="2" />
    <circle cx="17" cy="12" r="2" />
    <path d="M7 10V5M17 14v5M12 12V7" />
  </>,
);
export const ChevronDownIcon = stroke('ChevronDownIcon', <path d="m6 9 6 6 6-6" />);
export const ChevronRightIcon = stroke('ChevronRightIcon', <path d="m9 6 6 6-6 6" />);
export const ArrowUpIcon = stroke('ArrowUpIcon', <path d="M12 19V5M6 11l6-6 6 6" />);
export const ArrowDownIcon = stroke('ArrowDownIcon', <path d="M12 5v14M6 13l6 6 6-6" />);
export const ArrowRightIcon = stroke('ArrowRightIcon', <path d="M5 12h14M13 6l6 6-6 6" />);
export const ExternalIcon = stroke(
  'ExternalIcon',
  <>
    <path d="M14 4h6v6M20 4l-9 9" />
    <path d="M19 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2h4" />
  </>,
);
export const DownloadIcon = stroke('DownloadIcon', <path d="M12 4v11M7 10.5l5 5 5-5M5 20h14" />);
export const RefreshIcon = stroke(
  'RefreshIcon',
  <>
    <path d="M20 11a8 8 0 1 0-.6 4" />
    <path d="M20 5v6h-6" />
  </>,
);
export const UserIcon = stroke(
  'UserIcon',
  <>
    <circle cx="12" cy="8" r="3.8" />
    <path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5" />
  </>,
);
export const CloudIcon = stroke(
  'CloudIcon',
  <path d="M7 18.5a4.5 4.5 0 0 1-.5-8.97 6 6 0 0 1 11.4 1.5A3.8 3.8 0 0 1 17.5 18.5Z" />,
);
export const FileIcon = stroke(
  'FileIcon',
  <>
    <path d="M6 3.5h8l4 4V20.5H6Z" />
    <path d="M14 3.5v4h4" />
  </>,
);
export const UnlinkIcon = stroke(
  'UnlinkIcon',
  <>
    <path d="M9 15 5.5 18.5a3.5 3.5 0 0 1-1-5L7 11M15 9l3.5-3.5a3.5 3.5 0 0 1 1 5L17 13" />
    <path d="M4 4l16 16" />
  </>,
);
export const QuestionIcon = stroke(
  'QuestionIcon',
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.6v.1" />
  </>,
);
export const ListIcon = stroke('ListIcon', <path d="M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1" />);
export const CodeIcon = stroke('CodeIcon', <path d="m8 7-5 5 5 5M16 7l5 5-5 5" />);
export const MapIcon = stroke(
  'MapIcon',
  <>
    <circle cx="6" cy="6" r="2.5" />
    <circle cx="18" cy="8" r="2.5" />
    <circle cx="10" cy="18" r="2.5" />
    <path d="M8.5 6.4 15.5 7.6M7 8.3l2.3 7.3M16.3 9.9l-4.7 6.3" />
  </>,
);
