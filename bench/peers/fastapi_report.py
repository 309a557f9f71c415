"""The peer: a plain FastAPI + SQLAlchemy + Redis service that answers the cached report as one usually writes it.

It does what the product does for the same request and nothing more: verify a bearer token and look up its session and
user (so that logout and deactivation act at once), find the team and the membership, check that the team unlocked the
creator, and answer the report from Redis with an ETag. It shares the product's server but keeps its own tables in the
schema `peer`, which `bench.peers.seed` fills with the same report.

Environment: PEER_DATABASE_URL (postgresql+asyncpg://…), PEER_REDIS_URL, PEER_SECRET.
"""

import hashlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated

import jwt
import redis.asyncio as redis
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SECRET = os.environ["PEER_SECRET"]
REPORT_TTL = 24 * 3600


class Base(DeclarativeBase):
    """The peer's own tables."""

    __table_args__ = {"schema": "peer"}


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class Session(Base):
    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("peer.users.id"))
    expires_at: Mapped[datetime]


class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(50), unique=True)


class Membership(Base):
    __tablename__ = "memberships"
    team_id: Mapped[int] = mapped_column(ForeignKey("peer.teams.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("peer.users.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(12))


class Report(Base):
    __tablename__ = "reports"
    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str]


class Unlock(Base):
    __tablename__ = "unlocks"
    team_id: Mapped[int] = mapped_column(ForeignKey("peer.teams.id"), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("peer.reports.username"), primary_key=True)


engine = create_async_engine(os.environ["PEER_DATABASE_URL"], pool_size=8, max_overflow=0)
open_session = async_sessionmaker(engine, expire_on_commit=False)
cache = redis.Redis.from_url(os.environ["PEER_REDIS_URL"], max_connections=32)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()
    await cache.aclose()


app = FastAPI(lifespan=lifespan)


async def database() -> AsyncIterator[AsyncSession]:
    async with open_session() as session:
        yield session


Database = Annotated[AsyncSession, Depends(database)]


async def current_user(db: Database, authorization: Annotated[str, Header()]) -> User:
    """The bearer's user, while both the session and the user are alive."""
    try:
        claims = jwt.decode(authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise HTTPException(401) from error
    query = select(User).join(Session, Session.user_id == User.id)
    user = await db.scalar(query.where(Session.id == claims["sid"], User.id == int(claims["sub"])))
    if user is None or not user.is_active:
        raise HTTPException(401)
    return user


async def current_team(
    db: Database, user: Annotated[User, Depends(current_user)], x_team: Annotated[str, Header()]
) -> Team:
    """The named team, if the user is a member of it."""
    query = select(Team).join(Membership, Membership.team_id == Team.id)
    team = await db.scalar(query.where(Team.slug == x_team, Membership.user_id == user.id))
    if team is None:
        raise HTTPException(404)
    return team


@app.get("/api/v1/instagram/profile/{username}")
async def profile(
    username: str, request: Request, db: Database, team: Annotated[Team, Depends(current_team)]
) -> Response:
    """The cached report of a creator that the team unlocked."""
    if await db.get(Unlock, (team.id, username)) is None:
        raise HTTPException(402)
    body = await cache.get(f"report:{username}")
    if body is None:
        report = await db.get(Report, username)
        if report is None:
            raise HTTPException(404)
        body = report.body.encode()
        await cache.set(f"report:{username}", body, ex=REPORT_TTL)
    etag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    return Response(body, media_type="application/json", headers={"ETag": etag, "Cache-Control": "private, no-cache"})
