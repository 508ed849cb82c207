"""A FastAPI endpoint that refuses what must not be published: ``uvicorn fastapi_app:app``."""

from fastapi import FastAPI, HTTPException

from govmedia_screen import Decision, Post, Screener

app, screener = FastAPI(), Screener()


@app.post("/publish")
def publish(title: str, body: str) -> dict[str, str]:
    report = screener.screen(Post(title=title, body=body))
    if report.decision is Decision.BLOCK:
        raise HTTPException(422, report.to_dict()["findings"])
    return {"state": "published" if report.decision is Decision.PASS else "waiting for review"}
