"""pywa against the simulator: every kind of message it knows, files, templates, groups, the
number's profile, QR codes and block list, webhooks.

    drive.py BASE_URL --callback-port PORT [-- COMMAND…]

Listens for webhooks first, then starts the command, if there is one, and waits until BASE_URL
answers. Prints a line of JSON for each step and one of all; ends with 1 when one failed.

pywa takes no base URL. It does take the HTTP client that it shall use, and that client's base
URL is set here: nothing of pywa is changed.

The environment can name other secrets and ids than the simulator's own: WA_TOKEN, APP_SECRET,
VERIFY_TOKEN, PHONE_NUMBER_ID, WABA_ID, APP_ID.
"""

import argparse
import datetime
import hashlib
import hmac
import json
import logging
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import flask
import httpx
import pywa
from pywa import types
from pywa.types import templates as t
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)

GRAPH = "https://graph.facebook.com"
CUSTOMER = "16505551234"
TO = f"+{CUSTOMER}"
PATIENCE = 60.0

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)
WEBP = b"RIFF\x48\x00\x00\x00WEBPVP8 " + bytes(64)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(64)
OGG = b"OggS" + bytes(64)
MP3 = b"ID3\x03" + bytes(64)
PDF = b"%PDF-1.4\n" + bytes(64)


def setting(name, value):
    return os.environ.get(name, value)


SECRET = setting("APP_SECRET", "simulator-app-secret")
PHONE_NUMBER_ID = setting("PHONE_NUMBER_ID", "106540352242922")
APP_ID = setting("APP_ID", "1384519862354")


class Peer:
    """pywa, its webhook, and what came to it."""

    def __init__(self, base, port):
        self.base = base.rstrip("/")
        self.heard = []
        self.news = threading.Condition()
        app = flask.Flask(__name__)
        session = httpx.Client(timeout=30, trust_env=False)
        self.wa = pywa.WhatsApp(
            phone_id=PHONE_NUMBER_ID,
            token=setting("WA_TOKEN", "simulator-token"),
            session=session,
            server=app,
            verify_token=setting("VERIFY_TOKEN", "simulator-verify-token"),
            app_id=APP_ID,
            app_secret=SECRET,
            waba_id=setting("WABA_ID", "102290129340398"),
        )
        session.base_url = str(session.base_url).replace(GRAPH, self.base)
        self.wa.on_message(lambda _, message: self.hear("message", message))
        self.wa.add_handlers(
            pywa.handlers.GroupMessageStatusesHandler(
                lambda _, statuses: self.hear("group statuses", statuses)
            )
        )
        self.wa.on_message_status(lambda _, status: self.hear("status", status))
        self.callback = f"http://127.0.0.1:{port}/"
        self.server = make_server("127.0.0.1", port, app, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hear(self, kind, update):
        with self.news:
            self.heard.append((kind, update))
            self.news.notify_all()

    def wait_for(self, wanted):
        """The first update that is wanted, once it has come."""
        def found():
            return next((one for one in self.heard if wanted(*one)), None)

        with self.news:
            if not self.news.wait_for(found, PATIENCE):
                raise AssertionError(f"no such webhook within {PATIENCE} s")
            return found()[1]

    def customer(self):
        return f"{self.base}/simulator/customers/{CUSTOMER}/messages"

    def inbox(self):
        """What the customer got."""
        return httpx.get(self.customer(), trust_env=False).json()["data"]


def wait_until_up(base):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return httpx.get(base, trust_env=False)
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def received(peer):
    """A customer writes: opens the window, and comes through pywa's own handler."""
    told = {"text": "Olá!", "name": "Ana"}
    httpx.post(peer.customer(), json=told, trust_env=False).raise_for_status()
    message = peer.wait_for(lambda kind, one: kind == "message" and one.text == "Olá!")
    assert message.from_user.wa_id == CUSTOMER, message.from_user
    return message


def signatures(peer):
    """pywa takes what is signed with the secret, and nothing else."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550000000", "phone_number_id": "1"},
        "statuses": [],
    }
    change = {"field": "messages", "value": value}
    entry = {"id": "1", "changes": [change]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    for secret, status in ((b"another", 403), (SECRET.encode(), 200)):
        mark = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": mark, "Content-Type": "application/json"}
        answer = httpx.post(peer.callback, content=body, headers=headers, trust_env=False)
        assert answer.status_code == status, answer.status_code


def statuses(peer):
    """What becomes of a message is told."""
    sent = peer.wa.send_message(TO, "followed", tracker="order 17")
    # pywa reads the first status of a webhook only: the simulator is told to send each alone.
    status = peer.wait_for(lambda kind, one: kind == "status" and one.id == sent.id)
    assert status.status in ("sent", "delivered", "read"), status.status
    assert status.tracker == "order 17", status.tracker


def files(peer):
    """A file goes up, is told of, comes down as it was, and is deleted."""
    media = peer.wa.upload_media(PNG, mime_type="image/png", filename="a.png")
    told = peer.wa.get_media_url(media.id)
    assert told.mime_type == "image/png", told
    assert told.sha256 == hashlib.sha256(PNG).hexdigest(), told
    assert peer.wa.get_media_bytes(told.url) == PNG
    with tempfile.TemporaryDirectory() as folder:
        path = peer.wa.download_media(url=told.url, path=pathlib.Path(folder))
        assert path.read_bytes() == PNG
    assert peer.wa.delete_media(media.id)
    try:
        peer.wa.get_media_url(media.id)
    except pywa.errors.WhatsAppError:
        return
    raise AssertionError("a deleted file is still told of")


def messages(peer):
    """A step for each kind: what is sent must reach the customer."""
    wa, question = peer.wa, received(peer)
    section = types.Section("When", [types.SectionRow("Morning", "am", "8 to 12")])
    url = types.URLButton("Shop", "https://example.com/shop")
    replies = [types.Button("Yes", "yes"), types.Button("No", "no")]
    flow = types.FlowButton(
        title="Book", flow_id="1", flow_token="t", flow_action_screen="FIRST",
        flow_action_type=types.FlowActionType.NAVIGATE, flow_action_payload={"k": "v"},
    )
    card = types.ImageCarouselCard(image="https://example.com/a.png", body="Offer", buttons=url)
    contact = types.Contact(
        name=types.Contact.Name(formatted_name="Ana Lima", first_name="Ana"),
        phones=[types.Contact.Phone(phone=TO, type="CELL")],
    )
    products = [types.ProductsSection("A", ["s1", "s2"])]
    picture = "https://example.com/a.png"
    return {
        "text": lambda: wa.send_message(TO, "Olá!", preview_url=True),
        "text by its other name": lambda: wa.send_text(TO, "Olá!"),
        "reply": lambda: wa.send_message(TO, "Oi!", reply_to_message_id=question.id),
        "buttons": lambda: wa.send_message(TO, "b", header="H", footer="f", buttons=replies),
        "link": lambda: wa.send_message(TO, "b", buttons=url),
        "list": lambda: wa.send_message(TO, "b", buttons=types.SectionList("See", [section])),
        "flow": lambda: wa.send_message(TO, "b", buttons=flow),
        "voice call": lambda: wa.send_message(TO, "b", buttons=types.VoiceCallButton("Call")),
        "call permission": lambda: wa.send_message(
            TO, "b", buttons=types.CallPermissionRequestButton()
        ),
        "contact request": lambda: wa.send_message(
            TO, "b", buttons=types.ContactInfoRequestButton()
        ),
        "contact request by name": lambda: wa.request_contact_info(TO, "b"),
        "image": lambda: wa.send_image(TO, JPEG, caption="c", mime_type="image/jpeg"),
        "image by link": lambda: wa.send_image(TO, picture, caption="c"),
        "image with buttons": lambda: wa.send_image(TO, picture, caption="c", buttons=replies),
        "video": lambda: wa.send_video(TO, MP4, caption="c", mime_type="video/mp4"),
        "video with buttons": lambda: wa.send_video(
            TO, "https://example.com/a.mp4", caption="c", buttons=replies
        ),
        "document": lambda: wa.send_document(
            TO, PDF, filename="a.pdf", caption="c", mime_type="application/pdf"
        ),
        "document with buttons": lambda: wa.send_document(
            TO, "https://example.com/a.pdf", filename="a.pdf", caption="c", buttons=replies
        ),
        "audio": lambda: wa.send_audio(TO, MP3, mime_type="audio/mpeg"),
        "voice": lambda: wa.send_voice(TO, OGG, mime_type="audio/ogg"),
        "sticker": lambda: wa.send_sticker(TO, WEBP, mime_type="image/webp"),
        "reaction": lambda: wa.send_reaction(TO, "👍", question.id),
        "reaction taken back": lambda: wa.remove_reaction(TO, question.id),
        "location": lambda: wa.send_location(TO, 37.48, -122.14, "HQ", "1 Hacker Way"),
        "location request": lambda: wa.request_location(TO, "Where?"),
        "contact": lambda: wa.send_contact(TO, contact),
        "catalog": lambda: wa.send_catalog(TO, "b", "f", thumbnail_product_sku="s1"),
        "product": lambda: wa.send_product(TO, "1", "s1", "b", "f"),
        "products": lambda: wa.send_products(TO, "1", products, "H", "b", "f"),
        "carousel": lambda: wa.send_carousel(TO, body="b", cards=[card, card]),
    }


# What of each the customer must get, in Meta's words; what is not named is not compared.
def interactive(kind, **more):
    return {"type": "interactive", "interactive": {"type": kind, **more}}


ARRIVES = {
    "text": {"type": "text", "text": {"body": "Olá!", "preview_url": True}},
    "text by its other name": {"type": "text", "text": {"body": "Olá!"}},
    "reply": {"type": "text", "text": {"body": "Oi!"}},
    "buttons": interactive("button", action={"buttons": [{"reply": {"id": "yes"}}, {}]}),
    "link": interactive("cta_url", action={"parameters": {"url": "https://example.com/shop"}}),
    "list": interactive("list", action={"sections": [{"rows": [{"id": "am"}]}]}),
    "flow": interactive("flow", action={"parameters": {"flow_id": "1", "flow_cta": "Book"}}),
    "voice call": interactive("voice_call"),
    "call permission": interactive("call_permission_request"),
    "contact request": interactive("request_contact_info"),
    "contact request by name": interactive("request_contact_info", body={"text": "b"}),
    "image": {"type": "image", "image": {"caption": "c"}},
    "image by link": {"type": "image", "image": {"link": "https://example.com/a.png"}},
    "image with buttons": interactive("button", header={"type": "image"}, body={"text": "c"}),
    "video": {"type": "video", "video": {"caption": "c"}},
    "video with buttons": interactive("button", header={"type": "video"}),
    "document": {"type": "document", "document": {"filename": "a.pdf", "caption": "c"}},
    "document with buttons": interactive("button", header={"type": "document"}),
    "audio": {"type": "audio"},
    "voice": {"type": "audio", "audio": {"voice": True}},
    "sticker": {"type": "sticker"},
    "reaction": {"type": "reaction", "reaction": {"emoji": "👍"}},
    "reaction taken back": {"type": "reaction", "reaction": {"emoji": ""}},
    "location": {"type": "location", "location": {"name": "HQ", "address": "1 Hacker Way"}},
    "location request": interactive("location_request_message"),
    "contact": {"type": "contacts", "contacts": [{"name": {"formatted_name": "Ana Lima"}}]},
    "catalog": interactive("catalog_message"),
    "product": interactive("product", action={"catalog_id": "1", "product_retailer_id": "s1"}),
    "products": interactive("product_list", action={"sections": [{"title": "A"}]}),
    "carousel": interactive("carousel", action={"cards": [{}, {}]}),
}


def holds(got, wanted, place="the message"):
    """Refuses what does not hold all that is wanted."""
    if isinstance(wanted, dict):
        for name, value in wanted.items():
            assert name in got, f"{place} has no {name}"
            holds(got[name], value, f"{place}/{name}")
    elif isinstance(wanted, list):
        assert len(got) == len(wanted), f"{place}: {len(got)}"
        for number, (one, value) in enumerate(zip(got, wanted)):
            holds(one, value, f"{place}/{number}")
    else:
        assert got == wanted, f"{place}: {got}"


def arrives(peer, send, wanted):
    """What is sent reaches the customer, once, and is what is wanted."""
    # A business may write to a customer every six seconds, and owes for what came in a burst.
    httpx.post(f"{peer.base}/simulator/clock", json={"seconds": 30}, trust_env=False)
    before = len(peer.inbox())
    sent = send()
    inbox = peer.inbox()
    assert len(inbox) == before + 1, f"{before} messages before, {len(inbox)} afterwards"
    assert inbox[-1]["id"] == sent.id, inbox[-1]["id"]
    holds(inbox[-1]["raw"], wanted)


def profile(peer):
    """A number's profile is changed, and told as it is now."""
    assert peer.wa.update_business_profile(
        about="Open", websites=["https://example.com/"], industry=types.Industry.RETAIL
    )
    told = peer.wa.get_business_profile()
    assert told.about == "Open", told.about
    assert told.websites == ("https://example.com/",), told.websites


def qr_codes(peer):
    """A QR code is made, changed, listed and deleted."""
    made = peer.wa.create_qr_code("Olá!")
    assert made.qr_image_url, made
    changed = peer.wa.update_qr_code(made.code, "Oi!")
    assert changed.prefilled_message == "Oi!", changed
    assert [one.code for one in peer.wa.get_qr_codes()] == [made.code]
    assert peer.wa.delete_qr_code(made.code)
    assert not list(peer.wa.get_qr_codes())


def blocked_users(peer):
    """A customer who wrote is blocked, told of, and let in again."""
    received(peer)
    assert len(peer.wa.block_users([TO]).added_users) == 1
    # Below `get_blocked_users`, which looks for a member that Meta's list does not have.
    assert [one["wa_id"] for one in listed(peer)] == [CUSTOMER]
    assert len(peer.wa.unblock_users([TO]).removed_users) == 1
    assert listed(peer) == []


def listed(peer):
    return peer.wa.api.get_blocked_users(phone_id=PHONE_NUMBER_ID)["data"]


def groups(peer):
    """A group is made, told of, linked to and deleted."""
    wa = peer.wa

    def kept():
        # Below `get_groups`, which looks for a list where Meta has an object with `groups`.
        data = wa.api.get_active_groups(phone_id=PHONE_NUMBER_ID)["data"]
        return [one["id"] for one in data["groups"]] if data else []

    assert wa.create_group(subject="Peers").request_id
    (group,) = kept()
    assert wa.get_group(group).subject == "Peers"
    assert wa.get_group_invite_link(group).link.startswith("https://")
    assert wa.delete_group(group).request_id
    assert kept() == []


def messages_to_groups(peer):
    """A customer follows the link into a group; a step for each kind of message there."""
    wa = peer.wa
    assert wa.create_group(subject="Peers").request_id
    data = wa.api.get_active_groups(phone_id=PHONE_NUMBER_ID)["data"]
    (group,) = [one["id"] for one in data["groups"]]
    link = wa.get_group_invite_link(group).link
    joins = httpx.post(
        f"{peer.base}/simulator/customers/{CUSTOMER}/groups", json={"link": link}, trust_env=False
    )
    assert joins.json() == {"joined": True}, joins.text
    assert wa.get_group(group).total_participant_count == 1
    last = {}

    def text():
        sent = wa.send_message(group, "To all")
        last["id"] = sent.id
        return sent

    def told():
        # One that is only sent names nobody, which pywa does not expect of a group's.
        statuses = peer.wait_for(
            lambda kind, one: kind == "group statuses" and one[0].id == last["id"]
        )
        assert statuses.group_id == group, statuses.group_id
        assert statuses[0].status in ("delivered", "read"), statuses[0].status

    def leave():
        customer = f"{peer.base}/simulator/customers/{CUSTOMER}"
        left = httpx.delete(f"{customer}/groups/{group}", trust_env=False)
        assert left.json() == {"left": True}, left.text
        assert wa.delete_group(group).request_id

    to_group = {"recipient_type": "group", "to": group}
    return told, leave, [
        ("text", text, {**to_group, "text": {"body": "To all"}}),
        (
            "image",
            lambda: wa.send_image(group, JPEG, caption="c", mime_type="image/jpeg"),
            {**to_group, "image": {"caption": "c"}},
        ),
        (
            "pin",
            lambda: wa.pin_message(group, last["id"], expiration_days=7),
            {**to_group, "type": "pin", "pin": {"type": "pin", "expiration_days": 7}},
        ),
        (
            "pin taken back",
            lambda: wa.unpin_message(group, last["id"]),
            {**to_group, "type": "pin", "pin": {"type": "unpin"}},
        ),
    ]


def receipts(peer):
    """A message is marked as read, and an answer is being written."""
    question = received(peer)
    assert peer.wa.mark_message_as_read(question.id)
    assert peer.wa.indicate_typing(question.id)


def until_approved(peer, id):
    end = time.monotonic() + PATIENCE
    while (status := peer.wa.get_template(id).status) != t.TemplateStatus.APPROVED:
        assert time.monotonic() < end, status
        time.sleep(0.2)


def marketing(name, components):
    return t.Template(
        name=name,
        language=t.TemplateLanguage.ENGLISH_US,
        category=t.TemplateCategory.MARKETING,
        components=components,
    )


def templates(peer):
    """A template is created, reviewed, listed, changed, sent and deleted."""
    wa, english = peer.wa, t.TemplateLanguage.ENGLISH_US
    components = [
        t.HeaderText("Our {{1}} is on!", "Sale"),
        t.BodyText("Hello {{1}}, welcome to our shop.", "Ana"),
        t.FooterText(text="Bye"),
        t.Buttons(buttons=[
            t.QuickReplyButton(text="Stop"),
            t.URLButton(text="See", url="https://example.com/{{1}}", example="a"),
        ]),
    ]
    created = wa.create_template(marketing("peer_offer", components))
    until_approved(peer, created.id)
    assert any(one.id == created.id for one in wa.get_templates(name="peer_offer"))
    wa.update_template(created.id, new_components=components[1:])
    until_approved(peer, created.id)
    params = [
        t.BodyText.params("Ana"),
        t.QuickReplyButton.params(callback_data="stop", index=0),
        t.URLButton.params(url_variable="b", index=1),
    ]
    wanted = {"name": "peer_offer", "components": [{"type": "BODY"}, {}, {}]}
    arrives(peer, lambda: wa.send_template(TO, "peer_offer", english, params), {"template": wanted})
    assert wa.delete_template("peer_offer")
    assert not [one for one in wa.get_templates(name="peer_offer") if one.name == "peer_offer"]


def kinds_of_templates():
    """What a template can consist of, and how it is filled in. Files go by resumable upload."""
    hello = t.BodyText("Hello.")
    image = t.HeaderImage(example=JPEG, mime_type="image/jpeg")
    video = t.HeaderVideo(example=MP4, mime_type="video/mp4")
    document = t.HeaderDocument(example=PDF, mime_type="application/pdf")
    place = t.HeaderLocation()
    coupon = t.CopyCodeButton(example="25OFF")
    code = t.CopyCodeOTPButton(text="Copy")
    reply = t.QuickReplyButton(text="Stop")
    card = t.CarouselCard(components=[image, t.BodyText("Offer."), t.Buttons(buttons=[reply])])
    carousel = t.Carousel(cards=[card, card])
    filled = [
        card.params(index=index, params=[
            image.params(image="https://example.com/a.png"),
            reply.params(callback_data="stop", index=0),
        ])
        for index in (0, 1)
    ]
    named = t.BodyText("Hello {{name}}, welcome to our shop.", name="Ana")
    valued = t.BodyText("You owe us {{1}} for the order of {{2}} and that is all.", "$10", "Monday")
    gif = t.HeaderGIF(example=MP4, mime_type="video/mp4")
    product = t.HeaderProduct()
    flow = t.FlowButton(
        text="Book", flow_id="1", flow_action=types.FlowActionType.NAVIGATE, navigate_screen="FIRST"
    )
    catalog = t.CatalogButton(text="View catalog")
    products = t.MPMButton(text="View items")
    offer = t.LimitedTimeOffer(text="Only today!", has_expiration=True)
    shop = t.URLButton(text="Shop", url="https://example.com/{{1}}", example="a")
    apps = [t.OTPSupportedApp(package_name="com.example.app", signature_hash="K8a/AINcGX7")]
    one_tap = t.OneTapOTPButton(text="Copy", autofill_text="Autofill", supported_apps=apps)
    zero_tap = t.ZeroTapOTPButton(
        text="Copy", autofill_text="Autofill", zero_tap_terms_accepted=True, supported_apps=apps
    )
    secret = t.AuthenticationBody.params(otp="123456")
    later = datetime.datetime.now() + datetime.timedelta(days=7)
    return {
        "flow": (
            [hello, t.Buttons(buttons=[flow])],
            [flow.params(index=0, flow_token="t")],
        ),
        "flow_with_data": (
            [hello, t.Buttons(buttons=[flow])],
            [flow.params(index=0, flow_token="t", flow_action_data={"k": "v"})],
        ),
        "catalog": (
            [hello, t.Buttons(buttons=[catalog])],
            [catalog.params(index=0, thumbnail_product_sku="s1")],
        ),
        "mpm": (
            [t.HeaderText("News"), hello, t.Buttons(buttons=[products])],
            [products.params(
                index=0, thumbnail_product_sku="s1",
                product_sections=[types.ProductsSection("A", ["s1", "s2"])],
            )],
        ),
        "spm": (
            [product, hello, t.Buttons(buttons=[t.SPMButton(text="View")])],
            [product.params(catalog_id="1", sku="s1")],
        ),
        "voice_call": ([hello, t.Buttons(buttons=[t.VoiceCallButton(text="Call")])], []),
        "call_permission": ([hello, t.CallPermissionRequestButton()], []),
        "contact_request": ([hello, t.Buttons(buttons=[t.ContactInfoRequestButton()])], []),
        "limited_offer": (
            [image, offer, hello, t.Buttons(buttons=[coupon, shop])],
            [
                image.params(image="https://example.com/a.png"),
                offer.params(expiration_time=later),
                coupon.params(coupon_code="25OFF", index=0),
                shop.params(url_variable="b", index=1),
            ],
        ),
        "one_tap": (
            [
                t.AuthenticationBody(add_security_recommendation=True),
                t.Buttons(buttons=[one_tap]),
            ],
            [secret, one_tap.params(otp="123456")],
        ),
        "zero_tap": (
            [t.AuthenticationBody(), t.Buttons(buttons=[zero_tap])],
            [secret, zero_tap.params(otp="123456")],
        ),
        "gif": ([gif, hello], [gif.params(gif="https://example.com/a.mp4")]),
        "currency_and_date": (
            [valued],
            [valued.params(
                t.Currency(fallback_value="$10", code="USD", amount_1000=10_000),
                t.DateTime(fallback_value="Monday"),
            )],
        ),
        "named": ([named], [named.params(name="Ana")]),
        "image": ([image, hello], [image.params(image="https://example.com/a.png")]),
        "video": ([video, hello], [video.params(video="https://example.com/a.mp4")]),
        "document": (
            [document, hello],
            [document.params(document="https://example.com/a.pdf", filename="a.pdf")],
        ),
        "location": (
            [place, hello],
            [place.params(lat=37.48, lon=-122.14, name="HQ", address="1 Hacker Way")],
        ),
        "phone": (
            [hello, t.Buttons(buttons=[t.PhoneNumberButton(text="Call", phone_number=TO)])], []
        ),
        "coupon": (
            [hello, t.Buttons(buttons=[coupon])],
            [coupon.params(coupon_code="25OFF", index=0)],
        ),
        "carousel": ([hello, carousel], [carousel.params(cards=filled)]),
        "code": (
            [
                t.AuthenticationBody(add_security_recommendation=True),
                t.AuthenticationFooter(code_expiration_minutes=5),
                t.Buttons(buttons=[code]),
            ],
            [t.AuthenticationBody.params(otp="123456"), code.params(otp="123456")],
        ),
    }


# What of each filled template must arrive besides its name.
def button(kind, parameter):
    return {"type": "button", "sub_type": kind, "parameters": [parameter]}


FILLED = {
    "flow": {"components": [button("FLOW", {"action": {"flow_token": "t"}})]},
    "flow_with_data": {
        "components": [button("FLOW", {"action": {"flow_action_data": {"k": "v"}}})]
    },
    "catalog": {
        "components": [button("CATALOG", {"action": {"thumbnail_product_retailer_id": "s1"}})]
    },
    "mpm": {"components": [button("MPM", {"action": {"sections": [{"title": "A"}]}})]},
    "spm": {"components": [
        {"type": "HEADER", "parameters": [{"product": {"product_retailer_id": "s1"}}]},
    ]},
    "limited_offer": {"components": [{}, {"type": "LIMITED_TIME_OFFER"}, {}, {}]},
    "gif": {"components": [{"type": "HEADER", "parameters": [{"type": "gif"}]}]},
    "currency_and_date": {"components": [{"type": "BODY", "parameters": [
        {"currency": {"code": "USD", "amount_1000": 10_000}},
        {"date_time": {"fallback_value": "Monday"}},
    ]}]},
}


def template_of(peer, kind, components, params):
    """A template of a kind is created, sent and deleted."""
    wa, name = peer.wa, f"peer_{kind}"
    template = marketing(name, components)
    if kind in ("code", "one_tap", "zero_tap"):
        template.category = t.TemplateCategory.AUTHENTICATION
    if kind == "named":
        template.parameter_format = t.ParamFormat.NAMED
    until_approved(peer, wa.create_template(template).id)
    wanted = {"type": "template", "template": {"name": name, **FILLED.get(kind, {})}}
    arrives(
        peer, lambda: wa.send_template(TO, name, t.TemplateLanguage.ENGLISH_US, params), wanted
    )
    assert wa.delete_template(name)


class Report:
    def __init__(self):
        self.failed = []
        self.steps = 0

    def step(self, name, work):
        self.steps += 1
        line = {"step": name, "ok": True}
        try:
            return work()
        except Exception as error:  # any failure is a result, and the next step goes on
            line |= {"ok": False, "error": f"{type(error).__name__}: {error}"[:500]}
            self.failed.append(name)
            return None
        finally:
            print(json.dumps(line, ensure_ascii=False), flush=True)


def drive(peer):
    report = Report()
    report.step("webhook: signature", lambda: signatures(peer))
    report.step("webhook: message", lambda: received(peer))
    for name, send in (report.step("messages", lambda: messages(peer)) or {}).items():
        report.step(f"message: {name}", lambda: arrives(peer, send, ARRIVES[name]))
    report.step("webhook: statuses", lambda: statuses(peer))
    report.step("receipts", lambda: receipts(peer))
    report.step("files", lambda: files(peer))
    report.step("profile", lambda: profile(peer))
    report.step("QR codes", lambda: qr_codes(peer))
    report.step("blocked users", lambda: blocked_users(peer))
    report.step("groups", lambda: groups(peer))
    group = report.step("group: joined", lambda: messages_to_groups(peer))
    told, leave, to_group = group or (None, None, [])
    for name, send, wanted in to_group:
        report.step(f"group: {name}", lambda: arrives(peer, send, wanted))
    if group:
        report.step("group: statuses", told)
        report.step("group: left", leave)
    report.step("templates", lambda: templates(peer))
    for kind, (components, params) in kinds_of_templates().items():
        report.step(
            f"template: {kind}",
            lambda: template_of(peer, kind, components, params),
        )
    outcome = {"pywa": pywa.__version__, "steps": report.steps, "failed": report.failed}
    print(json.dumps(outcome | {"ok": not report.failed}))
    return not report.failed


def main():
    arguments = sys.argv[1:]
    command = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, command = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser()
    parser.add_argument("base_url")
    parser.add_argument("--callback-port", type=int, required=True)
    options = parser.parse_args(arguments)
    peer = Peer(options.base_url, options.callback_port)
    simulator = subprocess.Popen(command, stdout=sys.stderr) if command else None
    try:
        wait_until_up(options.base_url)
        return 0 if drive(peer) else 1
    finally:
        if simulator:
            simulator.terminate()
            simulator.wait()


if __name__ == "__main__":
    sys.exit(main())
