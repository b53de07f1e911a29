// What `brownout grade --help` says: how it is asked, what it writes, whose word it takes. Text only: options are
// refused and read in grade.ts, which uses it.

export const help = `Usage: brownout grade SUBMISSIONS --assignment FILE --out DIR [OPTIONS]

Grades a folder or a zip of *.submission.json files: plain, or as Moodle and Canvas hand them out. Every answer is
judged anew against quiz.yml and graded.yml of this checkout's chapters, every exercise is run again by its check
through all its seeds in the data center, and where it passed by its hidden check. Questions with numbers take those that the salt, the question and the student's code
give. An exercise earns all or nothing, a quiz the share of its questions.

  --assignment FILE   assignment.json: items, weights, due time, late steps, attempts, salt
  --key FILE          key.json of \`brownout key\`: graded questions and hidden checks are taken from it instead of from
                      this checkout; one that does not belong to the assignment is refused. A hidden check is a program
  --out DIR           where everything is written: index.html, students/*.html, grades.csv, questions.csv, items.csv,
                      problems.csv; outcomes of programs are kept there, so the same command goes on where it stopped
  --worksheet FILE    Moodle's grading worksheet: identities and times are taken from it, DIR/moodle.csv is it, filled
  --canvas FILE       Canvas's gradebook export: DIR/canvas.csv has its columns of identity and the grade
  --extensions FILE   CSV with the columns student,due,submitted (2026-12-01T23:59 in the assignment's zone, or +48h):
                      student is the code, or 'moodle 1234', 'canvas 1234'
  --seconds N         processor time for one run of an exercise (30); more, and the exercise is stopped
  --memory MB         memory of the process that runs it (2048)
  --workers N         how many run at once (as many as there are cores)
  --site URL          where the course is, for the links 'Show me' (http://localhost:4321)

A file that cannot be read, is another assignment's, is too large, holds a score, or is one of two different files of
one student is listed with its reason and not graded; nobody else's grade depends on it. Equal files give equal bytes,
apart from programs that a limit stopped: those are run again each time.

Of a hidden check that failed a report says so, and the check's own words on it: neither seed nor promise.
Reports hold the feedback on graded questions: give them out when nobody may hand in any more.

Trusted: the time and the name that a platform gives, the time of a plain or zipped file, the student's code, without a
platform. Not trusted: anything in a submission. Its programs run on simulated machines in a thread of a process that
may read the engine alone (no content, no key, nobody's work), write no file and start no process, and has no variables;
on Linux, where \`unshare\` works, it has no network either (elsewhere Node's permissions do not stop one that broke out
of its machine). Results come from the check, which reads the trace, and not from the program.

Exit code 0: graded, with problems listed. 1: nothing could be graded. 2: asked wrongly.
`;
