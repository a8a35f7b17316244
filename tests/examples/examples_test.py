#!/usr/bin/env python3
"""Runs what docs/examples shows, as far as a machine without the services can, on the fixtures.

usage: examples_test.py PROGRAM SOURCES

The steps that call flink-preflight are taken out of the YAML and the Jenkinsfile as they stand and run in a folder laid
out like a project's: once with an upgrade that must be stopped, once with one that must pass. Nothing is stubbed: steps
that build, fetch or upload are not run, only read. Ends with 77 (skipped) where PyYAML is not installed.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("examples_test: skipped: PyYAML is not installed (python3-yaml)")
    sys.exit(77)

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
SOURCES = pathlib.Path(sys.argv[2]).resolve()
EXAMPLES = SOURCES / "docs/examples"
FIXTURES = SOURCES / "fixtures"

# name: JAR, pom, savepoint, the target for which the gate must say the exit code
BLOCKED = ("applications/orders-2.0/orders-2.0.jar", "applications/orders-2.0/pom.xml",
           "savepoints/orders-1.0/1.20/rocksdb-canonical", "2.2", 1)
PASSING = ("applications/visits-1.20/visits-1.20.jar", "applications/visits-1.20/pom.xml",
           "savepoints/visits-1.18/1.18/hashmap-canonical", "1.20", 0)

failures = 0
checks = 0


def check(what, holds, found=""):
    global failures, checks
    checks += 1
    if not holds:
        failures += 1
        print(f"FAILED {what}: {found}")


class Workspace:
    """A folder like the one that a pipeline's step runs in, with the program on the PATH."""

    def __init__(self, case):
        jar, pom, savepoint, self.target, self.code = case
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        (self.folder / "target").mkdir()
        shutil.copy(FIXTURES / jar, self.folder / "target/app.jar")
        shutil.copy(FIXTURES / pom, self.folder / "pom.xml")
        shutil.copytree(FIXTURES / savepoint, self.folder / "savepoint")
        (self.folder / "bin").mkdir()
        os.symlink(PROGRAM, self.folder / "bin/flink-preflight")

    def run(self, command, **environment):
        base = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, cwd=self.folder, env={**base, **environment}, capture_output=True, text=True)

    def shell(self, script, **environment):
        return self.run(["bash", "-e", "-o", "pipefail", "-c", script], **environment)

    def has(self, *names):
        return [name for name in names if not (self.folder / name).is_file() or not (self.folder / name).stat().st_size]


def github_action(case):
    action = yaml.safe_load((EXAMPLES / "github/action.yml").read_text())
    [step] = action["runs"]["steps"]
    space = Workspace(case)
    given = {"target": space.target, "app": "target/app.jar", "pom": "pom.xml", "savepoint": "savepoint"}
    values = {name: given.get(name, spec.get("default")) for name, spec in action["inputs"].items()}
    environment = {name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match.group(1)], text)
                   for name, text in step["env"].items()}
    check("action.yml: each input is used", len(set(environment)) == len(action["inputs"]), sorted(environment))
    result = space.shell(step["run"], GITHUB_STEP_SUMMARY="summary.md", GITHUB_OUTPUT="outputs", **environment)
    check("action.yml: the exit code", result.returncode == space.code, (result.returncode, result.stderr))
    missing = space.has("preflight/preflight.html", "preflight/preflight.json", "preflight/preflight.sarif", "summary.md")
    check("action.yml: the reports are written", not missing, missing)
    verdict = (space.folder / "outputs").read_text()
    check("action.yml: the verdict", verdict == ("verdict=blocked\n" if space.code else "verdict=pass\n"), verdict)
    check("action.yml: annotations where there are findings", ("::error" in result.stdout) == bool(space.code),
          result.stdout[:200])


def github_action_with_a_broken_input():
    action = yaml.safe_load((EXAMPLES / "github/action.yml").read_text())
    [step] = action["runs"]["steps"]
    space = Workspace(PASSING)
    (space.folder / "target/app.jar").write_bytes(b"not a JAR")
    environment = {name: "" for name in step["env"]}
    environment.update(PROGRAM="flink-preflight", REPORTS="preflight", TARGET="2.2", PLATFORM="msf", FAIL_ON="high",
                       APP="target/app.jar")
    result = space.shell(step["run"], GITHUB_STEP_SUMMARY="summary.md", GITHUB_OUTPUT="outputs", **environment)
    check("action.yml: a broken input is no pass", result.returncode == 3, result.returncode)


def github_workflow():
    workflow = yaml.safe_load((EXAMPLES / "github/workflow.yml").read_text())
    inputs = yaml.safe_load((EXAMPLES / "github/action.yml").read_text())["inputs"]
    steps = workflow["jobs"]["preflight"]["steps"]
    [ours] = [step for step in steps if str(step.get("uses", "")).endswith("/flink-preflight")]
    check("workflow.yml: its inputs are the action's", set(ours["with"]) <= set(inputs), ours["with"])
    for step in steps:
        if "run" in step:
            result = subprocess.run(["bash", "-n", "-c", re.sub(r"\$\{\{.*?\}\}", "x", step["run"])], check=False)
            check("workflow.yml: the shell reads its steps", result.returncode == 0, step["run"])


def gitlab(case):
    [job] = [job for job in yaml.safe_load((EXAMPLES / "gitlab/gitlab-ci.yml").read_text()).values()]
    space = Workspace(case)
    environment = {name: str(value) for name, value in job["variables"].items()}
    environment.update(FLINK_TARGET=space.target)
    result = space.shell("\n".join(job["script"]), **environment)
    check("gitlab-ci.yml: the exit code", result.returncode == space.code, (result.returncode, result.stderr))
    reports = list(job["artifacts"]["reports"].values()) + job["artifacts"]["paths"]
    check("gitlab-ci.yml: each artifact is written", not space.has(*reports), space.has(*reports))


def jenkins(case):
    text = (EXAMPLES / "jenkins/Jenkinsfile").read_text()
    [script] = [block for block in re.findall(r"'''(.*?)'''", text, re.S) if "flink-preflight" in block]
    space = Workspace(case)
    result = space.shell(script, FLINK_TARGET=space.target)
    check("Jenkinsfile: the exit code", result.returncode == space.code, (result.returncode, result.stderr))
    reports = re.findall(r"(?:junit|archiveArtifacts) '([^']+)'", text)
    check("Jenkinsfile: each report is written", len(reports) == 2 and not space.has(*reports), space.has(*reports))
    check("Jenkinsfile: its brackets close", text.count("{") == text.count("}"))


def pre_deploy(case):
    space = Workspace(case)
    # Deploying is a command of the user's: here one that leaves a mark.
    command = [EXAMPLES / "pre-deploy/kubernetes", "manifest.yaml", space.target, "target/app.jar", "savepoint",
               "touch", "deployed"]
    manifest = (FIXTURES / "deployments/kubernetes-status.yaml").read_text()
    (space.folder / "manifest.yaml").write_text(manifest)
    result = space.run(command)
    check("pre-deploy/kubernetes: the exit code", result.returncode == space.code, (result.returncode, result.stderr))
    check("pre-deploy/kubernetes: deploys only where it passes",
          (space.folder / "deployed").exists() == (space.code == 0))
    check("pre-deploy/kubernetes: keeps the report", not space.has("preflight.html"))


def pre_deploy_msf():
    space = Workspace(BLOCKED)
    shutil.copy(FIXTURES / "deployments/msf-describe.json", space.folder / "described.json")
    command = [EXAMPLES / "pre-deploy/msf", "orders", "2.2", "target/app.jar", "touch", "deployed"]
    result = space.run(command, DESCRIPTION="described.json")
    check("pre-deploy/msf: the exit code", result.returncode == 1, (result.returncode, result.stderr))
    check("pre-deploy/msf: does not deploy", not (space.folder / "deployed").exists())
    check("pre-deploy/msf: keeps the report", not space.has("preflight-orders.html"))
    for script in ("msf", "kubernetes"):
        usage = space.run([EXAMPLES / "pre-deploy" / script])
        check(f"pre-deploy/{script}: says its usage", usage.returncode == 2 and "usage: " + script in usage.stderr,
              usage.stderr)


def linters():
    """Each linter that is there; the tests do not need them."""
    scripts = [str(path) for path in sorted((EXAMPLES / "pre-deploy").iterdir())]
    for name, command in [("shellcheck", ["shellcheck", *scripts]),
                          ("actionlint", ["actionlint", "-shellcheck=", str(EXAMPLES / "github/workflow.yml")])]:
        if shutil.which(name) is None:
            print(f"examples_test: {name} is not installed, its checks are left out")
            continue
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        check(name, result.returncode == 0, result.stdout + result.stderr)


for upgrade in (BLOCKED, PASSING):
    github_action(upgrade)
    gitlab(upgrade)
    jenkins(upgrade)
    pre_deploy(upgrade)
github_action_with_a_broken_input()
github_workflow()
pre_deploy_msf()
linters()
print(f"{checks - failures} passed, {failures} failed")
sys.exit(1 if failures else 0)
