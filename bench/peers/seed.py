"""Fill the peer's tables with one user, one team and the product's own report, and print a token for it."""

import asyncio
import datetime as dt
import sys
from pathlib import Path

import jwt
from sqlalchemy import text

from bench.peers.fastapi_report import (
    SECRET,
    Base,
    Membership,
    Report,
    Session,
    Team,
    Unlock,
    User,
    engine,
    open_session,
)

SESSION_ID = "bench-session"


async def seed(*, username: str, body: str, team: str) -> str:
    """Make the schema anew and answer a token that lives for a day."""
    tomorrow = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=1)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA IF EXISTS peer CASCADE"))
        await connection.execute(text("CREATE SCHEMA peer"))
        await connection.run_sync(Base.metadata.create_all)
    async with open_session() as session, session.begin():
        session.add_all(
            [User(id=1, email="bench@bench.example"), Team(id=1, slug=team), Report(username=username, body=body)]
        )
        await session.flush()
        session.add(Session(id=SESSION_ID, user_id=1, expires_at=tomorrow.replace(tzinfo=None)))
        session.add(Membership(team_id=1, user_id=1, role="owner"))
        session.add(Unlock(team_id=1, username=username))
    await engine.dispose()
    return jwt.encode({"sub": "1", "sid": SESSION_ID, "exp": tomorrow}, SECRET, algorithm="HS256")


if __name__ == "__main__":
    username_argument, body_path, team_argument = sys.argv[1:4]
    print(asyncio.run(seed(username=username_argument, body=Path(body_path).read_text(), team=team_argument)))
