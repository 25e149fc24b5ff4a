import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered here, on machines that may be busy with something else: what is waited for may take long
// without being wrong. A test that passes takes no longer for it.
const PATIENCE_MS = 30_000;
configure({ asyncUtilTimeout: PATIENCE_MS });
jest.setTimeout(4 * PATIENCE_MS);
