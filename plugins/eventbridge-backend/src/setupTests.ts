// Databases and servers are started by these tests, on machines that are busy with others.
jest.setTimeout(60_000);
