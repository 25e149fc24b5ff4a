import { SEARCH_DOCUMENT_TYPE } from '@busline/plugin-eventbridge-common';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { EventTypeSearchResult } from './EventTypeSearchResult';

const document = {
  title: 'Access Granted',
  text: 'A person may open the doors of a home.\ncom.key.access\nguest.email',
  location: '/events/types/com.key.access/Access%20Granted',
  source: 'com.key.access',
  detailType: 'Access Granted',
  summary: 'A person may open the doors of a home.',
  owner: 'group:default/access-team',
  lifecycle: 'deprecated',
  version: '2.1.0',
};

describe('an event type among the results of a search', () => {
  it('is what the documents of the search module are called', () => expect(SEARCH_DOCUMENT_TYPE).toBe('eventbridge'));

  it('shows name, source, version, meaning and where it leads', async () => {
    await renderInTestApp(<EventTypeSearchResult result={document} />);
    expect(screen.getByRole('link', { name: 'Access Granted' })).toHaveAttribute('href', document.location);
    expect(screen.getByText('com.key.access')).toBeInTheDocument();
    expect(screen.getByText(/2\.1\.0/)).toBeInTheDocument();
    expect(screen.getByText(document.summary)).toBeInTheDocument();
    expect(screen.getByText('deprecated')).toBeInTheDocument();
  });

  it('marks what the search found', async () => {
    const highlight = {
      preTag: '<m>',
      postTag: '</m>',
      fields: { title: '<m>Access</m> Granted', text: 'guest.<m>email</m>' },
    };
    const { container } = await renderInTestApp(<EventTypeSearchResult result={document} highlight={highlight} />);
    expect([...container.querySelectorAll('mark')].map(mark => mark.textContent)).toEqual([
      'Access',
      // The source holds the word too.
      'access',
      'email',
    ]);
    expect(screen.getByText(/Also in/)).toHaveTextContent('Also in guest.email');
  });
});
