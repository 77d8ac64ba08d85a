"""Pages of the door: arrivals, phones, badges, attendance and its papers."""

from flask import Blueprint

pages = Blueprint("attendance", __name__)
