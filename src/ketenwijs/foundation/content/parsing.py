"""From YAML text to plain data, keeping the line of every value; duplicate keys are faults, not a silent overwrite."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ketenwijs.foundation.content.faults import Fault

Path = tuple[str | int, ...]
# A file that nests deeper or holds more values than this refers to itself; no honest file comes near.
DEEPEST, MOST_VALUES = 40, 200_000


@dataclass
class Parsed:
    """The data of one file, the line of each path, and what was wrong with the text itself."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a path, or of its nearest parent that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, code: str, message: str) -> Fault:
        """A fault at a path of this file."""
        return Fault(self.file, self.line_of(path), spelled(path), code, message)


def spelled(path: Path) -> str:
    """`("levels", 2, "code")` as `levels[2].code`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else str(part))
    return text


def parse(text: str, file: str) -> Parsed:
    """Read one YAML document. Never raises for bad text: the faults say what is wrong."""
    parsed = Parsed(file)
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        parsed.data = _value(node, (), parsed, loader) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        parsed.faults.append(Fault(file, line, "", "yaml", f"this is not valid YAML: {error.problem}"))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        parsed.faults.append(Fault(file, line, "", "yaml", f"this is not valid YAML: {error.reason}"))
    finally:
        loader.dispose()
    if parsed.data is None and not parsed.faults:
        parsed.faults.append(Fault(file, 1, "", "empty", "the file is empty"))
    return parsed


def _value(node: Node, path: Path, parsed: Parsed, loader: Any) -> Any:
    parsed.lines[path] = node.start_mark.line + 1
    if len(path) > DEEPEST or len(parsed.lines) > MOST_VALUES:
        _refuse("nested too deep or repeated too often", node)
    if isinstance(node, MappingNode):
        return _mapping(node, path, parsed, loader)
    if isinstance(node, SequenceNode):
        return [_value(item, (*path, number), parsed, loader) for number, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    try:
        return loader.construct_object(node)
    except ValueError:
        return node.value  # looks like a day but is none, such as 2024-02-30: left as text, the shape says so


def _refuse(problem: str, node: Node) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


def _mapping(node: MappingNode, path: Path, parsed: Parsed, loader: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            _refuse("a name must be a plain word", key_node)
        key = loader.construct_object(key_node)
        if isinstance(key, bool):  # a name such as `on` is a word here, not the boolean YAML takes it for
            key = key_node.value
        here = (*path, key)
        if key in found:
            parsed.lines[here] = key_node.start_mark.line + 1
            parsed.faults.append(
                parsed.fault(here, "duplicate_key", "this name stands twice; the second would win silently")
            )
        found[key] = _value(value_node, here, parsed, loader)
        parsed.lines[here] = key_node.start_mark.line + 1
    return found
