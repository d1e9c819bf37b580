/**
 * A thread beside the program's. Its argument says what it does: `job` runs jobs of the matrix, `judge` answers questions of a search
 * for fixes. One file has both, because each needs all models, and models are most of a file.
 */
const [role] = process.argv.slice(2);
if (role === "job") void import("./matrix/job-thread.js");
else if (role === "judge") void import("./commands/synthesize/judge-thread.js");
else throw new Error(`a thread without a role: ${role ?? "none"}`);
