"""The one door of the house: a raw ASGI application that answers two hot rooms itself and hands the rest to Django.

`hemicycle.web.door:app` is what uvicorn serves; `hemicycle.web.door.serve` starts it.
"""

from hemicycle.ground.asgi import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection. The rooms are loaded on the first call, so that importing the door sets nothing up."""
    from hemicycle.web.door.rooms import enter

    await enter(scope, receive, send)
