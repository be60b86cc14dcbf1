"""Elasticsearch with nothing but HTTP: no security, and only the analysers it has built in.

Its libraries come from Maven once and are kept in the user's cache, as are the
classes that Java loaded: with those it starts in a third of the time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from running.build import built, run
from running.common import Server

_SOURCES = Path(__file__).parents[1] / "elasticsearch"


def _build(home: Path) -> None:
    maven = ["mvn", "--batch-mode", "--quiet", "--strict-checksums", "process-resources"]
    run([*maven, f"-Dhome={home}"], _SOURCES)
    shutil.copy(_SOURCES / "plugin-descriptor.properties", home / "modules" / "transport-netty4")
    (home / "plugins").mkdir()
    modules = ["--module-path", str(home / "lib"), "--add-modules=ALL-MODULE-PATH"]
    run(["javac", "--release=17", *modules, "-d", str(home / "classes"), "Main.java"], _SOURCES)
    run(["jar", "cf", str(home / "main.jar"), "-C", str(home / "classes"), "."], _SOURCES)


class Elasticsearch(Server):
    title = "Elasticsearch"
    variable = "CUSTOMERKIT_ELASTICSEARCH_URL"
    seconds_to_start = 120
    # Tests start it often and ask it little: compiling less, it is there in half the
    # time. Whoever measures its speed takes this away.
    java_options: ClassVar[tuple[str, ...]] = ("-XX:TieredStopAtLevel=1",)

    @classmethod
    def lacking(cls) -> str | None:
        have = built("elasticsearch", _SOURCES)
        for program in ["java"] if have else ["java", "javac", "jar", "mvn"]:
            if shutil.which(program) is None:
                return f"{program} was not found (Debian: maven, default-jdk-headless)"
        return None

    def own_url(self) -> str:
        return f"elasticsearch://127.0.0.1:{self.port}"

    @property
    def _home(self) -> Path:
        return built("elasticsearch", _SOURCES, _build)

    @property
    def _classes(self) -> Path:
        return self._home / "classes.jsa"

    def prepare(self) -> None:
        (self.folder / "config").mkdir()
        self._sharing = f"-XX:SharedArchiveFile={self._classes}"
        if not self._classes.exists():
            self._keep_classes()

    def _keep_classes(self) -> None:
        """Start and stop once, so that Java writes down the classes it loaded."""
        usual = self._sharing
        unfinished = self._classes.with_suffix(f".{os.getpid()}")
        self._sharing = f"-XX:ArchiveClassesAtExit={unfinished}"
        self._run()
        self._halt(self.quit_signal)
        unfinished.rename(self._classes)
        self._sharing = usual

    def command(self) -> list[str]:
        home = self._home
        return [
            "java",
            "-Xms256m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            self._sharing,
            *self.java_options,
            f"-Des.path.home={home}",
            f"--module-path={home / 'lib'}",
            "--add-modules=ALL-MODULE-PATH",
            "--add-exports=org.elasticsearch.server/org.elasticsearch.common.settings=ALL-UNNAMED",
            f"--class-path={home / 'main.jar'}",
            "Main",
            str(home),
            str(self.folder),
            str(self.port),
        ]

    def connect(self, url: str = "") -> Any:
        """Return a client of elasticsearch-py; a path of the URL is no matter of the client."""
        import elasticsearch

        parts = urlsplit(url or self.url)
        return elasticsearch.Elasticsearch(f"http://{parts.netloc}", request_timeout=30)

    def ping(self) -> None:
        with closing(self.connect()) as client:
            client.options(request_timeout=5).cluster.health(wait_for_status="yellow")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give a URL with a new prefix of indices as its path; they are deleted at the end."""
        prefix = self.name()
        try:
            yield urlsplit(self.url)._replace(path=f"/{prefix}").geturl()
        finally:
            with closing(self.connect()) as client:
                for index in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
                    client.indices.delete(index=index)
