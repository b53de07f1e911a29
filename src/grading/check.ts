// Says whether an exercise proves itself: its start fails, its solution passes every seed, and each program under
// mistakes/ earns exactly the feedback of its name. Pure: outcomes in, complaints out; runs nothing.
// Called by the sandbox tests and, later, by whoever writes exercises.

/** What became of one program: how many seeds it kept, and the promise it broke first. */
export interface Outcome {
  readonly passed: number;
  readonly total: number;
  readonly firstFailure?: {
    readonly seed: number;
    readonly message: string;
    readonly finding: { readonly feedback?: string };
  };
}

export interface ExerciseProof {
  /** Such as `load-balancer/retry`. */
  readonly exercise: string;
  /** Ids of the texts in exercise.yml. */
  readonly feedback: readonly string[];
  readonly start: Outcome;
  readonly solution: Outcome;
  /** By folder name below mistakes/, which is the id of the feedback that it must earn. */
  readonly mistakes: Readonly<Record<string, Outcome>>;
}

export interface ProofComplaint {
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
}

const MISTAKES_MIN = 3;

/** Empty where the exercise proves itself. */
export function proofComplaints(proof: ExerciseProof): ProofComplaint[] {
  const { exercise, feedback, start, solution, mistakes } = proof;
  const wrong: ProofComplaint[] = [];
  const complain = (expected: string, found: string, fix: string) => wrong.push({ expected, found, fix });
  const names = Object.keys(mistakes);
  if (names.length < MISTAKES_MIN) {
    complain(
      `${MISTAKES_MIN} programs or more under mistakes/ of ${exercise}`,
      listed(names),
      'write more of them',
    );
  }
  if (start.firstFailure === undefined) {
    complain(
      `start of ${exercise} to fail`,
      kept(start),
      'leave something to do, or make the check stricter',
    );
  }
  if (solution.firstFailure !== undefined || solution.passed < solution.total) {
    const found = solution.firstFailure?.message ?? kept(solution);
    complain(
      `solution of ${exercise} to keep all ${solution.total} seeds`,
      found,
      'mend the solution or the check',
    );
  }
  const programs: Readonly<Record<string, Outcome>> = { start, ...mistakes };
  for (const [name, outcome] of Object.entries(programs)) {
    const earned = outcome.firstFailure?.finding.feedback;
    if (outcome.firstFailure !== undefined && (earned === undefined || !feedback.includes(earned))) {
      const found = earned === undefined ? 'none' : `'${earned}'`;
      complain(
        `feedback for ${name} among ${listed(feedback)}`,
        found,
        'write it in exercise.yml, or correct the id',
      );
    } else if (name !== 'start' && earned !== name) {
      const found = outcome.firstFailure ? `'${earned}' (${outcome.firstFailure.message})` : kept(outcome);
      complain(
        `mistakes/${name} of ${exercise} to earn '${name}'`,
        found,
        'correct the check, or rename the mistake',
      );
    }
  }
  return wrong;
}

function kept({ passed, total }: Outcome): string {
  return `${passed} of ${total} seeds kept`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `'${name}'`).join(', ');
}
