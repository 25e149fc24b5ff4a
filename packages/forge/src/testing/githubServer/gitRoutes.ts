import { editsFor, prepareChanges, type TreeEdit } from '../../changes';
import type { BareRepository } from '../../git/bareRepository';
import { NO_COMMIT } from '../../git/bareRepository';
import { GitError } from '../../git/runGit';
import { created, invalid, notFound, nothing, ok, refuse, type Route } from './answers';
import type { GithubState } from './state';

/** Git's own data: refs, commits, trees and blobs, over a real repository. */
export function gitRoutes(state: GithubState): Readonly<Record<string, Route>> {
  const reference = (repository: string, ref: string, sha: string) => ({
    ref,
    node_id: '',
    url: `https://api.github.example/repos/${repository}/git/${ref}`,
    object: { type: 'commit', sha, url: `https://api.github.example/repos/${repository}/git/commits/${sha}` },
  });

  return {
    'git/get-ref': async ({ repository, values }) => {
      const bare = await state.open(repository);
      const sha = await bare.resolve(`refs/${values.ref}`);
      if (sha === undefined && (await isEmpty(bare))) return refuse(409, 'Git Repository is empty.');
      return sha === undefined ? notFound : ok(reference(repository, `refs/${values.ref}`, sha));
    },

    'git/create-ref': async ({ repository, body }) => {
      const bare = await state.open(repository);
      if (!/^refs\/[^/]+\/.+/.test(body.ref)) return invalid('Reference name must start with refs/');
      if (!(await bare.resolve(body.sha))) return invalid('Object does not exist');
      if (await bare.resolve(body.ref)) return invalid('Reference already exists');
      try {
        const done = await bare.moveRef(body.ref, body.sha, NO_COMMIT);
        return done ? created(reference(repository, body.ref, body.sha)) : invalid('Reference already exists');
      } catch {
        return invalid('Reference update failed');
      }
    },

    'git/update-ref': async ({ repository, values, body }) => {
      const bare = await state.open(repository);
      const ref = `refs/${values.ref}`;
      const before = await bare.resolve(ref);
      if (before === undefined) return invalid('Reference does not exist');
      if (state.isProtected(values.ref.replace(/^heads\//, '')))
        return invalid(`Protected branch update failed for ${ref}.`);
      if (!body.force && !(await bare.isAncestor(before, body.sha))) return invalid('Update is not a fast forward');
      const done = await bare.moveRef(ref, body.sha, before);
      return done ? ok(reference(repository, ref, body.sha)) : invalid('Update is not a fast forward');
    },

    'git/delete-ref': async ({ repository, values }) => {
      const bare = await state.open(repository);
      const before = await bare.resolve(`refs/${values.ref}`);
      if (before === undefined) return invalid('Reference does not exist');
      await bare.deleteRef(`refs/${values.ref}`, before);
      return nothing;
    },

    'git/get-commit': async ({ repository, values }) => {
      const bare = await state.open(repository);
      const sha = /^[0-9a-f]{40}$/.test(values.commit_sha) ? await bare.resolve(values.commit_sha) : undefined;
      return sha === undefined ? notFound : ok({ sha, tree: { sha: await bare.treeOf(sha) } });
    },

    'git/create-commit': async ({ repository, body }) => {
      const bare = await state.open(repository);
      try {
        const { tree, parents = [], message, author, committer = author } = body;
        const sha = await bare.commit({ tree, parents, message, author, committer, date: new Date() });
        return created({
          sha,
          tree: { sha: tree },
          message,
          parents: parents.map((parent: string) => ({ sha: parent })),
        });
      } catch (error) {
        if (error instanceof GitError) return invalid('Tree SHA is not a tree object');
        throw error;
      }
    },

    'git/get-tree': async ({ repository, values, query }) => {
      const bare = await state.open(repository);
      const recursive = query.has('recursive');
      const output = await bare
        .read(['ls-tree', '-z', ...(recursive ? ['-r', '-t'] : []), '--full-tree', values.tree_sha])
        .catch(() => undefined);
      if (!output) return notFound;
      const all = output.toString('utf8').split('\0').filter(Boolean);
      const tree = (recursive ? all.slice(0, state.maxTreeEntries) : all).map(line => {
        const [, mode, type, sha, path] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
        return { mode, type, sha, path };
      });
      return ok({ sha: values.tree_sha, tree, truncated: tree.length < all.length });
    },

    'git/create-tree': async ({ repository, body }) => {
      const bare = await state.open(repository);
      const sha = await writeTree(bare, body.base_tree, body.tree);
      return typeof sha === 'string' ? created({ sha, tree: [], truncated: false }) : sha;
    },

    'git/create-blob': async ({ repository, body }) => {
      const bare = await state.open(repository);
      const content = Buffer.from(body.content, body.encoding === 'base64' ? 'base64' : 'utf8');
      const changes = prepareChanges([{ path: 'blob', content }]);
      await bare.writeBlobs(changes);
      return created({ sha: editsFor(changes, () => undefined)[0].id, url: 'https://github.example/blob' });
    },

    'git/get-blob': async ({ repository, values }) => {
      const bare = await state.open(repository);
      const content = await bare.readBlob(values.file_sha).catch(() => undefined);
      if (!content) return notFound;
      return ok({ sha: values.file_sha, size: content.length, encoding: 'base64', content: lines(content) });
    },

    // As far as the first commit goes.
    'repos/create-or-update-file-contents': async ({ repository, values, body }) => {
      const bare = await state.open(repository);
      if (!(await isEmpty(bare))) return invalid('Invalid request. "sha" was not supplied.');
      const changes = prepareChanges([{ path: values.path, content: Buffer.from(body.content, 'base64') }]);
      const { message, author } = body;
      const branch = body.branch ?? (await bare.defaultBranch());
      await bare.importFirstCommit(branch, changes, { message, author, date: new Date() });
      const sha = await bare.resolve(`refs/heads/${branch}`);
      return created({ content: { path: values.path, name: values.path }, commit: { sha, message } });
    },

    'repos/get-content': async ({ repository, values, query }) => {
      const bare = await state.open(repository);
      const commit = await bare.resolve(query.get('ref') ?? 'main');
      const entry = commit && (await bare.entriesAt(commit, [values.path])).get(values.path);
      if (!entry) return notFound;
      if (entry.mode === '040000') return ok([]);
      const content = await bare.readBlob(entry.id);
      const isLarge = content.length > 1024 * 1024;
      return ok({
        type: 'file',
        name: values.path.split('/').at(-1),
        path: values.path,
        sha: entry.id,
        size: content.length,
        encoding: isLarge ? 'none' : 'base64',
        content: isLarge ? '' : lines(content),
        _links: { git: null, html: null, self: 'https://github.example/' },
      });
    },
  };
}

async function isEmpty(bare: BareRepository): Promise<boolean> {
  return (await bare.read(['for-each-ref', '--count=1', 'refs/heads'])).length === 0;
}

interface NewEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha?: string | null;
  readonly content?: string;
}

async function writeTree(bare: BareRepository, base: string, entries: readonly NewEntry[]) {
  const there = await bare.entriesAt(
    base,
    entries.map(({ path }) => path),
  );
  // GitHub: an entry that takes out what is not there is an error.
  if (entries.some(({ path, sha }) => sha === null && !there.has(path))) return invalid('GitRPC::BadObjectState');
  if (entries.some(({ sha, content }) => sha !== undefined && content !== undefined)) {
    return invalid('Must supply either tree.sha or tree.content, not both');
  }
  const texts = entries.filter(({ content }) => content !== undefined);
  const changes = texts.length === 0 ? [] : prepareChanges(texts.map(({ path, content = '' }) => ({ path, content })));
  await bare.writeBlobs(changes);
  const ids = new Map(changes.flatMap(change => ('id' in change ? [[change.path, change.id] as const] : [])));
  const edits = entries.map(({ path, mode, sha }): TreeEdit => ({ path, mode, id: ids.get(path) ?? sha ?? undefined }));
  return bare.writeTree(base, edits);
}

/** GitHub breaks base64 into lines. */
function lines(content: Buffer): string {
  return content.toString('base64').replace(/.{60}/g, '$&\n');
}
