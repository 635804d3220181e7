"""Great Expectations on pandas: gx_check.py SUITE ANSWER FOLDER [FOLDER ...].

Each folder is read and held to the suite by itself. The answer says how each rule
ended; the exit code is 1 if any was not met.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig

# Its expectations of types know no other type of texts.
pd.set_option("future.infer_string", False)  # noqa: FBT003  # its own face


def main() -> None:
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    suite = gx.ExpectationSuite(**content["suite"])
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("pandas")
    asset = source.add_dataframe_asset("observations")
    batches = asset.add_batch_definition_whole_dataframe("all")
    answers = {}
    for name in sys.argv[3:]:
        folder = Path(name)
        try:
            answers[folder.name] = held(batches, suite, folder)
        except Exception as error:  # noqa: BLE001  # what a user sees: no verdict
            said = f"{type(error).__name__}: {error}".partition("\n")[0]
            answers[folder.name] = {"stopped": said, "rules": {}, "status": 1}
    Path(sys.argv[2]).write_text(json.dumps(answers), encoding="utf-8")
    sys.exit(max(answer["status"] for answer in answers.values()))


def held(batches: Any, suite: gx.ExpectationSuite, folder: Path) -> dict[str, Any]:
    frame = pd.read_parquet(folder / "observations")
    files = pd.read_parquet(folder / "files")["file"].tolist()
    batch = batches.get_batch({"dataframe": frame})
    checked = batch.validate(suite, expectation_parameters={"files": files})
    rules = {}
    for result in checked.results:
        crashed = result.exception_info.get("raised_exception", True)
        ended = "passed" if result.success else "error" if crashed else "failed"
        rules[result.expectation_config.meta["rule"]] = ended
    return {"stopped": "", "rules": rules, "status": int(not checked.success)}


if __name__ == "__main__":
    main()
