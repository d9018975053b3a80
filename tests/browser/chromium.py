"""A real browser over a pipe: Chromium without a window, driven by its DevTools protocol with the standard library.

For the tests beside it and for `bench/pictures.py`. Nothing but the address that it is given is asked for.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Visit:
    """What happened while a page was open."""

    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    dialogs: int = 0


class Browser:
    """One tab. `open` loads a page, `evaluate` asks it, `press` types a key."""

    def __init__(self, folder: Path) -> None:
        commands, self._out = os.pipe()
        self._in, answers = os.pipe()
        # Chromium reads commands from 3 and answers on 4; high numbers first, since either may be one of those.
        plumb = (
            f"import os, sys; os.dup2({commands}, 200); os.dup2({answers}, 201); os.dup2(200, 3); os.dup2(201, 4); "
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        arguments = (
            "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run --disable-extensions"
            f" --disable-component-update --disable-sync --hide-scrollbars --remote-debugging-pipe --user-data-dir={folder}"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", plumb, str(CHROMIUM), *arguments.split(), "about:blank"],
            pass_fds=(commands, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.visit = Visit()
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self._send(f"{domain}.enable")

    def open(self, address: str, *, width: int = 1280, dark: bool = False) -> Visit:
        """Loads the page at that width and colour scheme."""
        self._send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._send("Emulation.setEmulatedMedia", features=[scheme])
        self.visit = Visit()
        self._send("Page.navigate", url="about:blank")
        self._wait("Page.loadEventFired")
        self.visit = Visit()
        self._send("Page.navigate", url=address)
        self._wait("Page.loadEventFired")
        return self.visit

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        reply = self._send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """A key stroke."""
        text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 and key != " " else {}
        self._send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self._send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def follow(self) -> None:
        """Enter on what has the focus, and waits for the page that it leads to."""
        self.press("Enter", 13)
        self._wait("Page.loadEventFired")

    def set_scripts(self, on: bool) -> None:
        """Turns the page's scripts off or on."""
        self._send("Emulation.setScriptExecutionDisabled", value=not on)

    def take_picture(self, *, top: int, width: int, height: int, scale: float) -> bytes:
        """A part of the page as PNG, from `top` on."""
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": scale}
        shot = self._send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def close(self) -> None:
        """Ends the browser."""
        self._session = None
        self._send("Browser.close")
        self._process.wait(timeout=20)
        os.close(self._in)
        os.close(self._out)

    def _send(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _wait(self, event: str) -> None:
        while self._read().get("method") != event:
            pass

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], 30)
            assert ready, "the browser does not answer"
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has ended"
            self._rest += piece
        line, self._rest = self._rest.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, values: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.visit.requests.append(values["request"]["url"])
        elif method == "Log.entryAdded" and values["entry"]["level"] in ("error", "warning"):
            self.visit.problems.append(values["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.visit.problems.append(str(values))
        elif method == "Page.javascriptDialogOpening":
            self.visit.dialogs += 1
            self._number += 1
            dismiss = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}, "sessionId": self._session}  # fmt: skip
            os.write(self._out, json.dumps(dismiss).encode() + b"\0")
